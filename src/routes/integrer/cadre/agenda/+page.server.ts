import { agenda } from '#messages/fr/agenda.ts';
import { agendaView } from '#modules/agenda/server/index.ts';
import { readFrameTheme } from '#modules/directory/index.ts';

/** The frame that other sites show: the address says the place, the filters, and how it looks. */
export const load = async ({ url, locals }) => {
  const view = await agendaView(locals.context, url.searchParams, {
    ...{ path: '/integrer/cadre/agenda', perPage: 10, keep: ['theme', 'couleur', 'taille'] },
  });
  return { words: agenda, theme: readFrameTheme(url.searchParams), view };
};
