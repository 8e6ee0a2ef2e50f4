import { localeNames, locales } from '#messages/locale.ts';
import { embedAgendaView } from '#modules/agenda/server/index.ts';
import { embedView } from '#modules/directory/server/index.ts';
import { unsent } from '#platform/unsent.ts';

export const load = ({ url, locals }) => {
  const origin = locals.settings.ORIGIN ?? url.origin;
  // One form at a time: they ask the same things.
  const agenda = url.searchParams.get('quoi') === 'agenda';
  return unsent({
    kinds: [
      { label: 'Les lieux et les services', href: '/integrer', chosen: !agenda },
      { label: 'L’agenda', href: '/integrer?quoi=agenda', chosen: agenda },
    ],
    places: agenda ? undefined : embedView(locals.context, url.searchParams, origin),
    agenda: agenda ? embedAgendaView(locals.context, url.searchParams, origin) : undefined,
    languages: locales.map((locale) => `${locale} (${localeNames[locale]})`).join(', '),
    frame: `<iframe src="${origin}/integrer/cadre/depistage" title="Faire le point sur mon moral" loading="lazy" referrerpolicy="no-referrer" style="width:100%;height:44rem;border:0"></iframe>`,
    element: `<script src="${origin}/integrer/cadre.js" async></${'script'}>\n<mille-jours-cadre page="depistage" langue="fr">\n  <a href="${origin}/depistage">Faire le point sur mon moral</a>\n</mille-jours-cadre>`,
  });
};
