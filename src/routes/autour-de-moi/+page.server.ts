import { fill } from '#messages/format.ts';
import { agenda } from '#messages/fr/agenda.ts';
import { near } from '#messages/fr/near.ts';
import { agendaView } from '#modules/agenda/server/index.ts';
import { nearView } from '#modules/directory/server/index.ts';
import { listView } from '#modules/initiatives/server/index.ts';
import { unsent } from '#platform/unsent.ts';
import { geocoderOf } from './geocoder.ts';

/** The places around, and the projects around: this page alone knows both. */
export const load = async ({ url, locals }) => {
  const view = await nearView(locals.context, url.searchParams, geocoderOf(locals));
  const around =
    view.commune && new URLSearchParams({ near: view.commune.code, commune: view.commune.code, radius: '100' });
  const projects = around && listView(locals.context, around);
  const here = view.commune && new URLSearchParams({ commune: view.commune.name, code: view.commune.code });
  const meetings = here && (await agendaView(locals.context, here, { perPage: 3 }));
  return unsent({
    words: near,
    view,
    meetings: meetings && {
      ...{ words: agenda.near, summary: meetings.summary, href: `/agenda?${here}` },
      events: meetings.days.flatMap(({ title, events }) =>
        events.map((event) => ({ ...event, hours: `${title}, ${event.hours}` })),
      ),
    },
    layers: [
      ...(here
        ? [{ id: 'events' as const, url: `/agenda/points.json?${here}`, label: near.map.events, shown: true }]
        : []),
      { id: 'projects' as const, url: '/api/v1/initiatives.geojson', label: near.map.projects, shown: false },
    ],
    baseMap: locals.house.baseMap && {
      style: '/tiles/fond.json',
      note: fill(near.map.outside, { servers: serversOf(locals.house.baseMap.origins) }),
    },
    projects: projects && {
      cards: projects.cards.slice(0, 3),
      summary: projects.summary,
      href: `/initiatives?${around}`,
    },
  });
};

/** « data.geopf.fr et openmaptiles.geo.data.gouv.fr » */
const serversOf = (origins: readonly string[]): string =>
  new Intl.ListFormat('fr').format(origins.map((origin) => new URL(origin).host));
