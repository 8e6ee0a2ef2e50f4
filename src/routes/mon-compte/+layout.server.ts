import { can } from '#platform/permissions.ts';
import { requirePerson } from '#platform/server/identity/require-person.ts';

export const load = ({ locals, url, setHeaders }) => {
  const { actor } = requirePerson(locals.context, url);
  setHeaders({ 'cache-control': 'private, no-store' });
  return {
    person: { email: actor.email, name: actor.name },
    givesRoles: actor.grants.some(({ scope }) => can(actor, 'grant.give', { territory: scope })),
    seesOperations: can(actor, 'operations.see'),
  };
};
