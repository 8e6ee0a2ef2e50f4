import { isUuid } from '#platform/ids.ts';
import { can } from '#platform/permissions.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { hashOf, newSecret } from '#platform/server/identity/secret.ts';
import { readStream } from '#platform/server/journal/journal.ts';
import { readBooking } from '../booking.ts';
import { tellBooked, tellWords } from './booking-mails.ts';
import { bookAs, noSuchBooking } from './bookings.ts';
import { withDate } from './change-date.ts';
import { holds, livingOf, take } from './locked-date.ts';
import { offerFreed } from './offers.ts';
import { note } from './series-journal.ts';
import { keepToCall } from './to-call.ts';
import './tables.ts';

/** One date for its organiser: who comes, who waits, in order. Nothing for anybody else. */
export const readAttendance = async (context: PersonContext, series: string, occurrence: number | undefined) => {
  if (!isUuid(series) || occurrence === undefined) return undefined;
  const date = await context.db
    .selectFrom('event_occurrence as occurrence')
    .innerJoin('event_series as series', 'series.id', 'occurrence.series')
    .select(['occurrence.id', 'occurrence.local_start', 'occurrence.starts_at', 'occurrence.minutes'])
    .select(['occurrence.status', 'occurrence.note', 'occurrence.taken', 'occurrence.slot', 'series.slug'])
    .select(['series.organisation', 'series.fields', 'series.time_zone'])
    .where('occurrence.id', '=', occurrence)
    .where('series.id', '=', series)
    .executeTakeFirst();
  if (!date || !can(context.actor, 'event.bookings', { organisation: date.organisation })) return undefined;
  const bookings = await context.db
    .selectFrom('event_booking')
    .select(['id', 'name', 'adults', 'children', 'contact_kind', 'contact', 'state', 'attended', 'by_organiser'])
    .select(['offered_until', 'to_call'])
    .where('occurrence', '=', occurrence)
    .orderBy('rank')
    .execute();
  return { ...date, bookings };
};

/** The coming dates of a series for its organiser, with how many hold a place and how many wait. */
export const readDates = (context: PersonContext, series: string) =>
  context.db
    .selectFrom('event_occurrence as occurrence')
    .innerJoin('event_series as series', 'series.id', 'occurrence.series')
    .leftJoin('event_booking as booking', (join) =>
      join.onRef('booking.occurrence', '=', 'occurrence.id').on('booking.state', '=', 'waiting'),
    )
    .select(['occurrence.id', 'occurrence.local_start', 'occurrence.minutes', 'occurrence.status', 'occurrence.taken'])
    .select(({ fn }) => fn.count<number>('booking.id').as('waiting'))
    .where('series.id', '=', series)
    .where('occurrence.starts_at', '>', context.clock.now().subtract({ hours: 24 * 7 }))
    .groupBy('occurrence.id')
    .orderBy('occurrence.local_start')
    .limit(60)
    .execute();

/** The most messages to everybody who holds a place of one date, in a day. */
export const MOST_MESSAGES = 3;

/**
 * Writes to everybody who holds a place. Returns those who are to be called instead. `form`: what the form carried; the same
 * words sent twice from it are one message. Refuses more than `MOST_MESSAGES` in 24 hours.
 */
export const writeToAll = (
  context: PersonContext,
  id: number,
  words: string,
  form: string,
): Promise<Result<{ readonly sent: number; readonly toCall: number }>> =>
  withDate(context, id, async (inside, date) => {
    const text = words.trim();
    if (text === '' || text.length > 2_000) return refuse(badMessage);
    // Its words stay out of the journal: a hash that the form salts knows them again.
    const message = hashOf(`${form}\n${text}`);
    const before = (await readStream(inside.db, `agenda/${date.series}`)).filter(
      ({ type, data }) => type === 'EverybodyWrittenTo-V1' && data.occurrence === id,
    );
    const same = before.find(({ data }) => data.message === message);
    if (same) return ok({ sent: Number(same.data.sent), toCall: Number(same.data.to_call) });
    const since = inside.clock.now().subtract({ hours: 24 });
    if (before.filter(({ recordedAt }) => Temporal.Instant.compare(recordedAt, since) > 0).length >= MOST_MESSAGES)
      return refuse(enoughToday);
    const people = (await livingOf(inside, id)).filter(({ state }) => holds(state));
    for (const one of people) await tellWords(inside, one, date.told, text);
    const toCall = await keepToCall(inside, people, 'written');
    const sent = people.length - toCall;
    await note(inside, date.series, 'EverybodyWrittenTo-V1', { occurrence: id, message, sent, to_call: toCall });
    return ok({ sent, toCall });
  });

/** Writes down somebody who called. Same rules, same line. */
export const bookByPhone = async (
  context: PersonContext,
  id: number,
  form: FormData,
  origin: string | undefined,
): Promise<Result<void, readonly Refusal[]>> => {
  const read = readBooking(form);
  if (!read.ok) return read;
  const booked = await withDate(context, id, (inside) =>
    bookAs(inside, id, read.value, { secret: newSecret(), origin, byOrganiser: true }),
  );
  return booked.ok ? ok(undefined) : refuse([booked.error]);
};

/**
 * What the organiser does with one booking: they came or not, they called to cancel, or to take the place offered; what was
 * to be told by telephone is told.
 */
export type BookingOrder = 'came' | 'absent' | 'cancel' | 'confirm' | 'called';

/** Does it, for a writer of the organisation. Refuses a booking of another date; what its state does not call for changes nothing. */
export const orderBooking = (
  context: PersonContext,
  occurrence: number,
  id: string,
  order: BookingOrder,
  origin: string | undefined,
): Promise<Result<void>> =>
  withDate(context, occurrence, async (inside, date) => {
    const booking = isUuid(id)
      ? await inside.db
          .selectFrom('event_booking')
          .selectAll()
          .where('id', '=', id)
          .where('occurrence', '=', occurrence)
          .executeTakeFirst()
      : undefined;
    if (!booking) return refuse(noSuchBooking);
    const set = (values: Partial<Pick<typeof booking, 'state' | 'offered_until' | 'attended' | 'to_call'>>) =>
      inside.db.updateTable('event_booking').set(values).where('id', '=', id).execute();
    if (order === 'came' || order === 'absent') await set({ attended: order === 'came' });
    else if (order === 'called') await set({ to_call: null });
    else if (order === 'confirm' && booking.state === 'offered')
      await set({ state: 'confirmed', offered_until: null, to_call: null });
    else if (order === 'cancel' && booking.state !== 'cancelled') {
      await set({ state: 'cancelled', offered_until: null, to_call: null });
      if (holds(booking.state)) await take(inside, occurrence, -booking.persons);
      await tellBooked(inside, holds(booking.state) ? 'cancelled' : 'left', booking, date.told);
      await offerFreed(inside, date, origin);
    }
    return ok(undefined);
  });

const enoughToday: Refusal = {
  code: 'enough_today',
  field: 'words',
  message: `Vous avez déjà écrit ${MOST_MESSAGES} fois en un jour aux personnes de cette date. Reprenez demain.`,
};
const badMessage: Refusal = {
  code: 'bad_message',
  field: 'words',
  message: 'Écrivez votre message, en 2 000 signes au plus.',
};
