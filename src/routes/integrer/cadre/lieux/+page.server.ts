import { near } from '#messages/fr/near.ts';
import { frameView } from '#modules/directory/server/index.ts';
import { unsent } from '#platform/unsent.ts';
import { geocoderOf } from '../../../autour-de-moi/geocoder.ts';

export const load = async ({ url, locals }) =>
  unsent({ words: near, view: await frameView(locals.context, url.searchParams, geocoderOf(locals)) });
