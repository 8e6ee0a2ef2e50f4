import { error } from '@sveltejs/kit';
import { near } from '#messages/fr/near.ts';
import { serviceView, structuredService } from '#modules/directory/server/index.ts';
import { looksLikeHouse } from '#modules/houses/index.ts';
import { tokenOfListing } from '#modules/professionals/server/index.ts';
import { unsent } from '#platform/unsent.ts';

export const load = async ({ params, locals, url }) => {
  const service = await serviceView(locals.context, params.slug);
  if (!service) error(404, { message: 'Ce service n’est pas ou plus dans l’annuaire.' });
  const label = service.ofPerson ? await tokenOfListing(locals.context, 'service', service.id) : undefined;
  // One that is given at a place has the page of its place.
  const isHouse = service.places.length === 0 && looksLikeHouse({ kind: service.kind, name: service.title });
  const house = isHouse ? `/maisons/${params.slug}` : undefined;
  const structured = structuredService(service, url.href);
  return unsent({ words: near, service, house, label, address: url.href, structured });
};
