import { near } from '#messages/fr/near.ts';
import { frameView } from '#modules/directory/server/index.ts';
import { geocoderOf } from '../../../autour-de-moi/geocoder.ts';

export const load = async ({ url, locals }) => ({
  words: near,
  view: await frameView(locals.context, url.searchParams, geocoderOf(locals)),
});
