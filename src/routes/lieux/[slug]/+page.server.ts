import { error } from '@sveltejs/kit';
import { near } from '#messages/fr/near.ts';
import { placeView, structuredPlace } from '#modules/directory/server/index.ts';
import { unsent } from '#platform/unsent.ts';

export const load = async ({ params, locals, url }) => {
  const place = await placeView(locals.context, params.slug);
  if (!place) error(404, { message: 'Ce lieu n’est pas ou plus dans l’annuaire.' });
  return unsent({ words: near, place, address: url.href, structured: structuredPlace(place, url.href) });
};
