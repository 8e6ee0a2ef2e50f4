import { redirect } from '@sveltejs/kit';
import { fill } from '#messages/format.ts';
import { callback as words } from '#messages/fr/callback.ts';
import { cancelCallback, ownCallback } from '#modules/callback/server/index.ts';

const keyOf = (url: URL): string => url.searchParams.get('cle') ?? '';

export const load = async ({ locals, url, setHeaders }) => {
  setHeaders({ 'cache-control': 'private, no-store' });
  const own = await ownCallback(locals.context, keyOf(url));
  if (!own) return { words, sentence: words.cancel.gone, cancellable: false };
  const { status, team, slot, numberEnds } = own;
  return {
    words,
    sentence: fill(words.asked[status], status === 'cancelled' ? {} : { team, slot, end: numberEnds }),
    cancellable: status === 'waiting' || status === 'taken',
  };
};

export const actions = {
  default: async ({ locals, url }) => {
    await cancelCallback(locals.context, keyOf(url));
    redirect(303, `/etre-rappele/annuler?${new URLSearchParams({ cle: keyOf(url) })}`);
  },
};
