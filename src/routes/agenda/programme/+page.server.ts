import { agenda } from '#messages/fr/agenda.ts';
import { programmeView } from '#modules/agenda/server/index.ts';
import { unsent } from '#platform/unsent.ts';

export const load = async ({ url, locals }) =>
  unsent({ words: agenda, site: url.host, view: await programmeView(locals.context, url.searchParams) });
