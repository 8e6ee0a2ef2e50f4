import { near } from '#messages/fr/near.ts';
import { nearView } from '#modules/directory/server/index.ts';
import { unsent } from '#platform/unsent.ts';
import { geocoderOf } from '../geocoder.ts';

const MOST = 60;

export const load = async ({ url, locals }) => {
  const view = await nearView(locals.context, url.searchParams, geocoderOf(locals), MOST);
  return unsent({
    words: near,
    back: `/autour-de-moi${url.search}`,
    firstOnly: view.list?.firstOnly,
    choices: (view.list?.cards ?? []).map(({ title, context, opening, isTour, address, phone, href }) => ({
      ...{ title, href, address: address ?? '', phone: phone ?? '' },
      // Where the family lives is not where the professional searched: no distance. The date of a stop lasts; « ouvre demain » would be wrong tomorrow.
      detail: [context, isTour ? opening?.text : undefined].filter(Boolean).join('. '),
    })),
  });
};
