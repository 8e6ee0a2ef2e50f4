import { error } from '@sveltejs/kit';
import { renderSVG } from 'uqr';
import { houses } from '#messages/fr/houses.ts';
import { houseView } from '#modules/houses/server/index.ts';
import { unsent } from '#platform/unsent.ts';

/** One sheet for a door, a waiting room, a town hall. */
export const load = async ({ params, locals, url }) => {
  const house = await houseView(locals.context, params.slug);
  if (!house) error(404, 'Cette Maison n’existe pas, ou plus.');
  const address = `${locals.publicOrigin ?? url.origin}/maisons/${params.slug}`;
  return unsent({
    words: houses,
    house,
    page: `/maisons/${params.slug}`,
    address: address.replace(/^https?:\/\//, ''),
    qr: renderSVG(address, { border: 2, ecc: 'Q' }),
  });
};
