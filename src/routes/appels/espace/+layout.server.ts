import { can } from '#platform/permissions.ts';
import { requirePerson } from '#platform/server/identity/require-person.ts';

/** The space of those who write calls. Everything under it is for them alone. */
export const load = ({ locals, url, setHeaders }) => {
  if (locals.sessionEnded) return { who: '', follows: false };
  const { actor } = requirePerson(locals.context, url);
  setHeaders({ 'cache-control': 'no-store' });
  return { who: actor.name ?? actor.email, follows: can(actor, 'call.follow') };
};
