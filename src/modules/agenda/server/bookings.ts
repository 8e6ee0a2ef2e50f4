import type { ExpressionBuilder } from 'kysely';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import { type Context, inTransaction } from '#platform/server/context.ts';
import type { Tables } from '#platform/server/database/database.ts';
import { hashOf, looksLikeSecret, newSecret } from '#platform/server/identity/secret.ts';
import {
  type BookingFields,
  type BookingState,
  contactKey,
  offeredUntil,
  readBooking,
  servedInOrder,
} from '../booking.ts';
import { seriesSchema } from '../event.ts';
import { type Told, tellBooked } from './booking-mails.ts';
import './tables.ts';

/** Where the page of a booking is. */
export const bookingPath = (secret: string): string => `/agenda/inscription/${secret}`;

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
      .set({ state: 'cancelled', offered_until: null })
      .where('id', '=', booking.id)
      .execute();
    if (holds(booking.state)) await take(inside, date.id, -booking.persons);
    await tellBooked(inside, 'cancelled', booking, date.told);
    await offerFreed(inside, date, origin);
    return ok('now');
  });

/** Confirms a place that was offered, before its time ends. */
export const acceptOffer = (context: Context, secret: string, origin: string | undefined): Promise<Result<void>> =>
  withBooking(context, secret, async (inside, date, booking) => {
    if (booking.state === 'confirmed') return ok(undefined);
    const inTime =
      booking.state === 'offered' &&
      booking.offered_until !== null &&
      Temporal.Instant.compare(inside.clock.now(), booking.offered_until) < 0;
    if (!inTime) {
      await releaseLapsed(inside, date, origin);
      return refuse(tooLate);
    }
    await inside.db
      .updateTable('event_booking')
      .set({ state: 'confirmed', offered_until: null })
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
    .select(['occurrence.status', 'occurrence.starts_at', 'series.slug', 'series.time_zone'])
    .where((eb) => hasSecret(eb, secret))
    .executeTakeFirst();
  if (!booking) return undefined;
  const late =
    booking.offered_until !== null && Temporal.Instant.compare(context.clock.now(), booking.offered_until) >= 0;
  return { ...booking, state: booking.state === 'offered' && late ? ('lapsed' as const) : booking.state };
};

/** A date with what its bookings depend on, alone until the transaction ends. */
export const lockDate = async ({ db, indexes }: Context, id: number) => {
  const row = await db
    .selectFrom('event_occurrence as occurrence')
    .innerJoin('event_series as series', 'series.id', 'occurrence.series')
    .select(['occurrence.id', 'occurrence.status', 'occurrence.starts_at', 'occurrence.local_start'])
    .select(['occurrence.minutes', 'occurrence.series', 'series.fields', 'series.status as series_status'])
    .select(['series.organisation', 'series.organisation_name', 'series.insee', 'series.time_zone', 'series.slug'])
    .where('occurrence.id', '=', id)
    .forUpdate('occurrence')
    .executeTakeFirst();
  if (!row) return undefined;
  const fields = seriesSchema.parse(row.fields);
  const commune = indexes.get(territoryIndex).commune(row.insee)?.name ?? '';
  const told: Told = {
    fields,
    commune,
    start: row.local_start,
    minutes: row.minutes,
    organiser: row.organisation_name,
  };
  return { ...row, fields, told };
};
export type LockedDate = NonNullable<Awaited<ReturnType<typeof lockDate>>>;

/** Cancels a date and tells everybody who was booked or waits. Returns them. To be called with the date locked. */
export const cancelLocked = async (inside: Context, date: LockedDate, words: string) => {
  await inside.db
    .updateTable('event_occurrence')
    .set({ status: 'cancelled', note: words.trim().slice(0, 300) || null })
    .where('id', '=', date.id)
    .execute();
  const people = await livingOf(inside, date.id);
  for (const one of people) await tellBooked(inside, 'closed', one, date.told, { words: words.trim().slice(0, 600) });
  return people;
};

/** Who comes or waits, in order. */
export const livingOf = ({ db }: Context, occurrence: number) =>
  db
    .selectFrom('event_booking')
    .selectAll()
    .where('occurrence', '=', occurrence)
    .where('state', 'in', ['confirmed', 'offered', 'waiting'])
    .orderBy('rank')
    .execute();

/** Who holds places of a date, and how many. To be called with the date locked. */
const holdersOf = async ({ db }: Context, occurrence: number) => {
  const rows = await db
    .selectFrom('event_booking')
    .select(['persons', 'contact_kind', 'contact'])
    .where('occurrence', '=', occurrence)
    .where('state', 'in', ['confirmed', 'offered'])
    .execute();
  return rows.map((row) => ({ persons: row.persons, key: keyOf(row) }));
};

const keyOf = (row: { readonly contact_kind: 'email' | 'phone'; readonly contact: string }): string =>
  contactKey({ kind: row.contact_kind, value: row.contact });

/** Offers what is free to those who wait, in order. To be called with the date locked. */
export const offerFreed = async (inside: Context, date: LockedDate, origin: string | undefined): Promise<void> => {
  const now = inside.clock.now();
  if (date.fields.places === null || date.status === 'cancelled') return;
  if (Temporal.Instant.compare(date.starts_at, now) <= 0) return;
  const { taken } = await inside.db
    .selectFrom('event_occurrence')
    .select('taken')
    .where('id', '=', date.id)
    .executeTakeFirstOrThrow();
  const line = await inside.db
    .selectFrom('event_booking')
    .selectAll()
    .where('occurrence', '=', date.id)
    .where('state', '=', 'waiting')
    .orderBy('rank')
    .execute();
  const until = offeredUntil(now, date.starts_at);
  const keyed = line.map((booking) => ({ ...booking, key: booking.by_organiser ? undefined : keyOf(booking) }));
  const holders = line.length > 0 ? await holdersOf(inside, date.id) : [];
  for (const booking of servedInOrder(keyed, date.fields.places - taken, holders)) {
    // Their secret is in no table: the message carries a second one, and their own page goes on answering.
    const secret = newSecret();
    await inside.db
      .updateTable('event_booking')
      .set({ state: 'offered', offered_until: until, offer_hash: hashOf(secret) })
      .where('id', '=', booking.id)
      .execute();
    await take(inside, date.id, booking.persons);
    await tellBooked(inside, 'offered', booking, date.told, {
      address: addressOf(origin, secret),
      until: momentWords(until, date.time_zone),
    });
  }
};

/** Takes back the offers whose time ended, and offers them to the next. To be called with the date locked. */
export const releaseLapsed = async (inside: Context, date: LockedDate, origin: string | undefined): Promise<number> => {
  const lapsed = await inside.db
    .updateTable('event_booking')
    .set({ state: 'lapsed', offered_until: null })
    .where('occurrence', '=', date.id)
    .where('state', '=', 'offered')
    .where('offered_until', '<=', inside.clock.now())
    .returning('persons')
    .execute();
  if (lapsed.length === 0) return 0;
  await take(inside, date.id, -lapsed.reduce((sum, { persons }) => sum + persons, 0));
  await offerFreed(inside, date, origin);
  return lapsed.length;
};

/** « 18 h 30, samedi 21 novembre » */
export const momentWords = (moment: Temporal.Instant, timeZone: string): string =>
  new Intl.DateTimeFormat('fr-FR', {
    ...{ weekday: 'long', day: 'numeric', month: 'long', hour: 'numeric', minute: '2-digit', timeZone },
  }).format(moment.epochMilliseconds);

/** Whether a booking takes places: a line that waits does not. */
export const holds = (state: BookingState): boolean => state === 'confirmed' || state === 'offered';

/** Counts persons in, or out. The column itself refuses to go under zero. */
export const take = async ({ db }: Context, occurrence: number, persons: number): Promise<void> => {
  await db
    .updateTable('event_occurrence')
    .set(({ eb }) => ({ taken: eb('taken', '+', persons) }))
    .where('id', '=', occurrence)
    .execute();
};

/** Address of the page of a booking; none when the site does not know its own. */
export const addressOf = (origin: string | undefined, secret: string): string | undefined =>
  origin === undefined ? undefined : `${origin}${bookingPath(secret)}`;

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

export const noSuchDate: Refusal = { code: 'no_such_date', message: 'Cette date n’existe pas, ou plus.' };
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
