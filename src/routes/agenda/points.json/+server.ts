import { agendaPoints, followedEvents } from '#modules/agenda/server/index.ts';

/** The next rendez-vous of a search of the agenda as points: a layer of the map, asked for when it opens. */
export const GET = async ({ url, locals }) => {
  const events = await followedEvents(locals.context, url.searchParams);
  return Response.json(agendaPoints(events), { headers: { 'cache-control': 'public, max-age=300' } });
};
