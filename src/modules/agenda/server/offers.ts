import type { Context } from '#platform/server/context.ts';
import { hashOf, newSecret } from '#platform/server/identity/secret.ts';
import { contactKey, offeredUntil, servedInOrder } from '../booking.ts';
import { tellBooked } from './booking-mails.ts';
import { addressOf } from './booking-path.ts';
import { type LockedDate, take } from './locked-date.ts';
import { toCall } from './to-call.ts';
import './tables.ts';

/** Who holds places of a date, and how many. To be called with the date locked. */
export const holdersOf = async ({ db }: Context, occurrence: number) => {
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
  if (taken >= date.fields.places) return;
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
      .set({ state: 'offered', offered_until: until, offer_hash: hashOf(secret), ...toCall(booking, 'offered') })
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
    .set({ state: 'lapsed', offered_until: null, to_call: null })
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
