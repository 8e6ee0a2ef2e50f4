import { agendaCalendar, followedEvents } from '#modules/agenda/server/index.ts';

/** The list of the page as a calendar to follow. Its titles say nothing unless `titres=oui`. */
export const GET = async ({ url, locals }) => {
  const events = await followedEvents(locals.context, url.searchParams);
  const titled = url.searchParams.get('titres') === 'oui';
  return new Response(agendaCalendar(locals.context, events, locals.publicOrigin ?? url.origin, titled), {
    headers: { 'content-type': 'text/calendar; charset=utf-8', 'cache-control': 'public, max-age=600' },
  });
};
