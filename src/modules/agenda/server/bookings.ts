import type { ExpressionBuilder } from 'kysely';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import { type Context, inTransaction } from '#platform/server/context.ts';
import type { Tables } from '#platform/server/database/database.ts';
import { hashOf, looksLikeSecret, newSecret } from '#platform/server/identity/secret.ts';
import { type BookingFields, type BookingState, contactKey, readBooking, servedInOrder } from '../booking.ts';
import { tellBooked } from './booking-mails.ts';
import { addressOf } from './booking-path.ts';
import { holds, type LockedDate, lockDate, noSuchDate, take } from './locked-date.ts';
import { holdersOf, offerFreed, releaseLapsed } from './offers.ts';
import './tables.ts';

/** A secret for a form that is opened: sent twice, it is one booking. */
export const newBookingSecret = newSecret;

/**
 * Books from the public form. The secret came with the form: whoever sends it again, after a cut or a second touch, finds
 * the same booking. Whoever finds no room waits in line, where the organiser keeps one; so does, without a word, whoever
 * holds as many places as one person may, whatever the names.
 */
export const book = async (
  context: Context,
  occurrence: number,
  form: FormData,
  origin: string | undefined,
): Promise<Result<{ readonly secret: string; readonly state: BookingState }, readonly Refusal[]>> => {
  const read = readBooking(form);
  if (!read.ok) return read;
  const given = String(form.get('secret') ?? '');
  const secret = looksLikeSecret(given) ? given : newSecret();
  const booked = await bookAs(context, occurrence, read.value, { secret, origin });
  return booked.ok ? ok({ secret, state: booked.value }) : refuse([booked.error]);
};

/** The same, from what was read. `byOrganiser`: somebody called; the organiser may go over what the page closes. */
export const bookAs = (
  context: Context,
  id: number,
  who: BookingFields,
  {
    secret,
    origin,
    byOrganiser = false,
  }: { readonly secret: string; readonly origin?: string | undefined; readonly byOrganiser?: boolean },
): Promise<Result<BookingState>> =>
  inTransaction(context, async (inside) => {
    // Everybody who books this date waits here for their turn: the count below is true until we commit.
    const date = await lockDate(inside, id);
    if (!date) return refuse(noSuchDate);
    const token_hash = hashOf(secret);
    const known = await inside.db
      .selectFrom('event_booking')
      .select('state')
      .where('token_hash', '=', token_hash)
      .executeTakeFirst();
    if (known) return ok(known.state);
    const now = inside.clock.now();
    if (date.status === 'cancelled') return refuse(dateCancelled);
    if (Temporal.Instant.compare(date.starts_at, now) <= 0) return refuse(datePast);
    if (!byOrganiser && (date.series_status !== 'published' || date.fields.booking !== 'ici')) return refuse(notHere);
    await releaseLapsed(inside, date, origin);
    // Places were added: who waits comes before who arrives.
    await offerFreed(inside, date, origin);
    const persons = who.adults + who.children;
    const { taken } = await inside.db
      .selectFrom('event_occurrence')
      .select('taken')
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    const free = date.fields.places === null ? Number.POSITIVE_INFINITY : date.fields.places - taken;
    if (persons > free && !date.fields.waiting_list) return refuse(full(free));
    const asked = { persons, key: byOrganiser ? undefined : contactKey(who.contact) };
    const served = servedInOrder([asked], free, free === Number.POSITIVE_INFINITY ? [] : await holdersOf(inside, id));
    const state = served.length > 0 ? 'confirmed' : 'waiting';
    await inside.db
      .insertInto('event_booking')
      .values({
        ...{ occurrence: id, name: who.name, adults: who.adults, children: who.children, state, token_hash },
        ...{
          contact_kind: who.contact.kind,
          contact: who.contact.value,
          offered_until: null,
          attended: null,
          offer_hash: null,
          to_call: null,
        },
        ...{ by_organiser: byOrganiser, created_at: now },
      })
      .execute();
    if (state === 'confirmed') await take(inside, id, persons);
    const reached = { ...who, contact_kind: who.contact.kind, contact: who.contact.value };
    await tellBooked(inside, state, reached, date.told, { address: addressOf(origin, secret) });
    return ok(state);
  });

/** Frees the place of a booking by its secret. Twice is once: the second time says that it was done. */
export const cancelBooking = (
  context: Context,
  secret: string,
  origin: string | undefined,
): Promise<Result<'now' | 'before'>> =>
  withBooking(context, secret, async (inside, date, booking) => {
    if (booking.state === 'cancelled') return ok('before');
    await inside.db
      .updateTable('event_booking')
      .set({ state: 'cancelled', offered_until: null, to_call: null })
      .where('id', '=', booking.id)
      .execute();
    if (holds(booking.state)) await take(inside, date.id, -booking.persons);
    await tellBooked(inside, holds(booking.state) ? 'cancelled' : 'left', booking, date.told);
    await offerFreed(inside, date, origin);
    return ok('now');
  });

/** Confirms a place that was offered, before its time ends. */
export const acceptOffer = (context: Context, secret: string, origin: string | undefined): Promise<Result<void>> =>
  withBooking(context, secret, async (inside, date, booking) => {
    if (date.status === 'cancelled') return refuse(dateCancelled);
    if (booking.state === 'confirmed') return ok(undefined);
    const inTime =
      booking.state === 'offered' &&
      booking.offered_until !== null &&
      Temporal.Instant.compare(inside.clock.now(), booking.offered_until) < 0;
    // `agenda.offers` gives it to the next, within minutes.
    if (!inTime) return refuse(tooLate);
    await inside.db
      .updateTable('event_booking')
      .set({ state: 'confirmed', offered_until: null, to_call: null })
      .where('id', '=', booking.id)
      .execute();
    await tellBooked(inside, 'accepted', booking, date.told, { address: addressOf(origin, secret) });
    return ok(undefined);
  });

/** What a booking’s own page shows, by its secret; nothing for one that is forged or was erased. */
export const readBookingPage = async (context: Context, secret: string) => {
  if (!looksLikeSecret(secret)) return undefined;
  const booking = await context.db
    .selectFrom('event_booking')
    .innerJoin('event_occurrence as occurrence', 'occurrence.id', 'event_booking.occurrence')
    .innerJoin('event_series as series', 'series.id', 'occurrence.series')
    .select(['event_booking.state', 'event_booking.name', 'event_booking.adults', 'event_booking.children'])
    .select(['event_booking.offered_until', 'event_booking.contact_kind', 'occurrence.id as occurrence'])
    .select(['occurrence.status', 'occurrence.starts_at', 'series.status as series_status', 'series.time_zone'])
    .where((eb) => hasSecret(eb, secret))
    .executeTakeFirst();
  if (!booking) return undefined;
  const late =
    booking.offered_until !== null && Temporal.Instant.compare(context.clock.now(), booking.offered_until) >= 0;
  return { ...booking, state: booking.state === 'offered' && late ? ('lapsed' as const) : booking.state };
};

type Booking = NonNullable<Awaited<ReturnType<typeof bookingOf>>>;

const bookingOf = ({ db }: Context, secret: string) =>
  db
    .selectFrom('event_booking')
    .selectAll()
    .where((eb) => hasSecret(eb, secret))
    .executeTakeFirst();

/** Either secret: that of the form, or that of the offer. */
const hasSecret = (eb: ExpressionBuilder<Tables, 'event_booking'>, secret: string) => {
  const hash = hashOf(secret);
  return eb.or([eb('token_hash', '=', hash), eb('offer_hash', '=', hash)]);
};

/** The date is locked first, always: two who act on the same date never wait for each other in a circle. */
const withBooking = <T>(
  context: Context,
  secret: string,
  act: (inside: Context, date: LockedDate, booking: Booking) => Promise<Result<T>>,
): Promise<Result<T>> =>
  inTransaction(context, async (inside) => {
    const seen = looksLikeSecret(secret) ? await bookingOf(inside, secret) : undefined;
    const date = seen && (await lockDate(inside, seen.occurrence));
    const booking = date && (await bookingOf(inside, secret));
    return date && booking ? act(inside, date, booking) : refuse(noSuchBooking);
  });

export const noSuchBooking: Refusal = {
  code: 'no_such_booking',
  message: 'Cette adresse n’est pas, ou plus, celle d’une inscription. Rien n’a été changé.',
};
const dateCancelled: Refusal = { code: 'date_cancelled', message: 'L’organisateur a annulé cette date.' };
const datePast: Refusal = { code: 'date_past', message: 'Ce rendez-vous a déjà commencé.' };
const notHere: Refusal = { code: 'not_here', message: 'Ce rendez-vous ne prend pas d’inscription ici.' };
const tooLate: Refusal = {
  code: 'too_late',
  message: 'La place proposée n’a pas été confirmée à temps : elle n’est plus gardée pour vous.',
};
const full = (free: number): Refusal => ({
  code: 'full',
  field: 'adults',
  message:
    free <= 0
      ? 'C’est complet, et l’organisateur ne tient pas de liste d’attente.'
      : `Il ne reste que ${free} place${free > 1 ? 's' : ''} : venez moins nombreux, ou choisissez une autre date.`,
});
