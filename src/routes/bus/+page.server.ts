import { tours } from '#messages/fr/tours.ts';
import { nearToursView } from '#modules/tours/server/index.ts';
import { unsent } from '#platform/unsent.ts';

export const load = async ({ url, locals }) =>
  unsent({
    words: tours,
    view: await nearToursView(locals.context, url.searchParams),
    // Without an address of its own, the site could not lead anybody back from a message.
    tells: locals.publicOrigin !== undefined,
  });
