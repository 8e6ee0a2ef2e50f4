import { error } from '@sveltejs/kit';
import { eventCalendar, readDate } from '#modules/agenda/server/index.ts';

/** One date, for a calendar. Its title says nothing unless `titres=oui`. */
export const GET = async ({ params, url, locals }) => {
  const event = await readDate(locals.context, params.slug, params.date);
  if (!event) error(404, 'Ce rendez-vous n’existe pas, ou plus.');
  const titled = url.searchParams.get('titres') === 'oui';
  return new Response(eventCalendar(locals.context, event, locals.publicOrigin ?? url.origin, titled), {
    headers: { 'content-type': 'text/calendar; charset=utf-8', 'cache-control': 'no-store' },
  });
};
