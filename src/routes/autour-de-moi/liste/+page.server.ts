import { near } from '#messages/fr/near.ts';
import { nearView } from '#modules/directory/server/index.ts';
import { unsent } from '#platform/unsent.ts';
import { geocoderOf } from '../geocoder.ts';

/** Enough for a few sheets of paper. */
const MOST = 100;

export const load = async ({ url, locals }) => {
  const view = await nearView(locals.context, url.searchParams, geocoderOf(locals), MOST);
  const size = (large: boolean): string => {
    const parameters = new URLSearchParams(url.searchParams);
    parameters.delete('taille');
    if (large) parameters.set('taille', 'grande');
    return `/autour-de-moi/liste?${parameters}`;
  };
  const back = new URLSearchParams(url.searchParams);
  back.delete('taille');
  return unsent({
    words: near,
    place: view.commune?.name ?? view.typed,
    list: view.list && {
      ...{ summary: view.list.summary, widened: view.list.widened, firstOnly: view.list.firstOnly },
      filters: view.list.active.map(({ label }) => label).join(', '),
      ...{ cards: view.list.cards, madeOn: view.list.madeOn },
    },
    large: url.searchParams.get('taille') === 'grande',
    otherSizeHref: size(url.searchParams.get('taille') !== 'grande'),
    backHref: `/autour-de-moi?${back}`,
  });
};
