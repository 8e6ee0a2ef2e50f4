import { error, fail } from '@sveltejs/kit';
import { fill } from '#messages/format.ts';
import { callback as words } from '#messages/fr/callback.ts';
import { cancelCallback, ownCallback } from '#modules/callback/server/index.ts';
import { readForm } from '#platform/server/http/form.ts';
import { looksLikeSecret } from '#platform/server/identity/secret.ts';

export const load = ({ setHeaders }) => {
  setHeaders({ 'cache-control': 'private, no-store' });
  return { words };
};

/** The key comes in a form, never in an address: the history of a telephone is read by whoever holds it. */
export const actions = {
  default: async ({ locals, request }) => {
    const form = await readForm(request);
    if (!form) error(400);
    const key = String(form.get('cle') ?? '').trim();
    if (!looksLikeSecret(key)) return fail(400, { wrong: words.cancel.wrong });
    await cancelCallback(locals.context, key);
    const own = await ownCallback(locals.context, key);
    // A key of nothing is answered as one that was cancelled: nothing of it is kept any more.
    const closed = own?.status === 'closed' ? fill(words.asked.closed, { team: own.team }) : undefined;
    return { sentence: closed ?? words.asked.cancelled };
  },
};
