import { agenda } from '#messages/fr/agenda.ts';
import { agendaView } from '#modules/agenda/server/index.ts';
import { unsent } from '#platform/unsent.ts';

export const load = async ({ url, locals }) =>
  unsent({ words: agenda, view: await agendaView(locals.context, url.searchParams) });
