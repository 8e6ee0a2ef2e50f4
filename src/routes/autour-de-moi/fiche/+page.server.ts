import { near } from '#messages/fr/near.ts';
import { nearView } from '#modules/directory/server/index.ts';
import { geocoderOf } from '../geocoder.ts';

const MOST = 60;

export const load = async ({ url, locals }) => {
  const view = await nearView(locals.context, url.searchParams, geocoderOf(locals), MOST);
  return {
    words: near,
    back: `/autour-de-moi${url.search}`,
    choices: (view.list?.cards ?? []).map(({ title, context, opening, address, phone, href }) => ({
      ...{ title, href, address: address ?? '', phone: phone ?? '' },
      detail: [context, opening?.text].filter(Boolean).join('. '),
    })),
  };
};
