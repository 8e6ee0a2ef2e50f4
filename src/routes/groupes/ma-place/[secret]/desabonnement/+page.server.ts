import { groups } from '#messages/fr/groups.ts';
import { leaveGroup } from '#modules/groups/server/index.ts';

/** Opening the page changes nothing: programs that read mails open links. */
export const load = ({ setHeaders }) => {
  setHeaders({ 'cache-control': 'private, no-store' });
  return { words: groups.stop, left: groups.own.left };
};

export const actions = {
  /** By the button, or by the one POST of a mail programme (RFC 8058), which follows no redirection. Twice is once. */
  default: async ({ params, locals }) => {
    await leaveGroup(locals.context, params.secret);
    return { done: true };
  },
};
