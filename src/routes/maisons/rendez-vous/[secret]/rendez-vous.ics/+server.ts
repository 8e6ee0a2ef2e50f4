import { error } from '@sveltejs/kit';
import { houses } from '#messages/fr/houses.ts';
import { readAppointment } from '#modules/houses/server/index.ts';
import { timedCalendar } from '#platform/calendar-file.ts';

/** One appointment, for a calendar. Neither its title nor its text says what it is, with whom nor where. */
export const GET = async ({ params, locals }) => {
  const found = await readAppointment(locals.context, params.secret);
  if (!found) error(404, houses.own.unknown);
  const event = {
    ...{ uid: `rendez-vous-${found.id}@mille-jours`, start: found.starts_at, minutes: found.minutes },
    ...{ title: houses.own.calendarTitle, cancelled: found.state !== 'booked' },
  };
  return new Response(timedCalendar([event], locals.context.clock.now()), {
    headers: { 'content-type': 'text/calendar; charset=utf-8', 'cache-control': 'no-store' },
  });
};
