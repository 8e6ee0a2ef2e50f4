import { error, redirect } from '@sveltejs/kit';
import { near } from '#messages/fr/near.ts';
import { placeView, structuredPlace } from '#modules/directory/server/index.ts';
import { looksLikeHouse } from '#modules/houses/index.ts';
import { keptInsteadOf, tokenOfListing } from '#modules/professionals/server/index.ts';
import { unsent } from '#platform/unsent.ts';

export const load = async ({ params, locals, url }) => {
  const place = await placeView(locals.context, params.slug);
  if (!place) error(404, { message: 'Ce lieu n’est pas ou plus dans l’annuaire.' });
  const instead = place.closed ? await keptInsteadOf(locals.context, place.id) : undefined;
  if (instead) redirect(307, `/lieux/${instead}`);
  // Only what a person declared can carry an attestation: nothing is asked for all that was imported.
  const label = place.ofPerson ? await tokenOfListing(locals.context, 'place', place.id) : undefined;
  const house = looksLikeHouse({ kind: place.kind, name: place.title }) ? `/maisons/${params.slug}` : undefined;
  return unsent({ words: near, place, house, label, address: url.href, structured: structuredPlace(place, url.href) });
};
