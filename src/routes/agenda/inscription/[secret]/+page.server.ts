import { fail } from '@sveltejs/kit';
import { fill } from '#messages/format.ts';
import { agenda } from '#messages/fr/agenda.ts';
import { peopleWords } from '#modules/agenda/index.ts';
import {
  acceptOffer,
  cancelBooking,
  momentWords,
  readBookedDate,
  readBookingPage,
} from '#modules/agenda/server/index.ts';
import { unsent } from '#platform/unsent.ts';

export const load = async ({ params, locals, setHeaders }) => {
  setHeaders({ 'cache-control': 'no-store' });
  const booking = await readBookingPage(locals.context, params.secret);
  if (!booking) return unsent({ words: agenda, booking: undefined });
  const event = await readBookedDate(locals.context, booking.occurrence);
  const words = agenda.own;
  const over = booking.status === 'cancelled' || (event !== undefined && !event.toCome);
  return unsent({
    words: agenda,
    booking: {
      state: booking.state,
      said:
        booking.status === 'cancelled'
          ? words.eventCancelled
          : booking.state === 'offered'
            ? fill(words.offered, { until: momentWords(booking.offered_until ?? booking.starts_at, booking.time_zone) })
            : words[booking.state],
      who: fill(words.who, { name: booking.name, people: peopleWords(booking.adults, booking.children) }),
      byEmail: booking.contact_kind === 'email' && locals.publicOrigin !== undefined,
      accepts: !over && booking.state === 'offered',
      cancels: !over && ['confirmed', 'waiting', 'offered'].includes(booking.state),
      event: event && {
        page: booking.series_status === 'published' ? event.page : undefined,
        dayWords: event.dayWords,
        hours: event.hours,
        where: event.where,
      },
    },
  });
};

export const actions = {
  annuler: async ({ params, locals }) => {
    const done = await cancelBooking(locals.context, params.secret, locals.publicOrigin);
    return done.ok ? { done: true } : fail(400, { message: done.error.message });
  },
  confirmer: async ({ params, locals }) => {
    const done = await acceptOffer(locals.context, params.secret, locals.publicOrigin);
    return done.ok ? { done: true } : fail(400, { message: done.error.message });
  },
};
