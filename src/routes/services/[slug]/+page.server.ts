import { error } from '@sveltejs/kit';
import { near } from '#messages/fr/near.ts';
import { serviceView, structuredService } from '#modules/directory/server/index.ts';
import { tokenOfListing } from '#modules/professionals/server/index.ts';
import { unsent } from '#platform/unsent.ts';

export const load = async ({ params, locals, url }) => {
  const service = await serviceView(locals.context, params.slug);
  if (!service) error(404, { message: 'Ce service n’est pas ou plus dans l’annuaire.' });
  const label = service.ofPerson ? await tokenOfListing(locals.context, 'service', service.id) : undefined;
  return unsent({ words: near, service, label, address: url.href, structured: structuredService(service, url.href) });
};
