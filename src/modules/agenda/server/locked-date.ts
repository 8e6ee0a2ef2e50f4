import { territoryIndex } from '#modules/territory/server/index.ts';
import type { Refusal } from '#platform/result.ts';
import type { Context } from '#platform/server/context.ts';
import type { BookingState } from '../booking.ts';
import { seriesSchema } from '../event.ts';
import { type Told, tellBooked } from './booking-mails.ts';
import { keepToCall } from './to-call.ts';
import './tables.ts';

/** A date with what its bookings depend on, alone until the transaction ends. */
export const lockDate = async ({ db, indexes }: Context, id: number) => {
  // Locked first, read after: whoever waited here reads what the series became meanwhile, closed or with other places.
  await db.selectFrom('event_occurrence').select('id').where('id', '=', id).forUpdate().execute();
  const row = await db
    .selectFrom('event_occurrence as occurrence')
    .innerJoin('event_series as series', 'series.id', 'occurrence.series')
    .select(['occurrence.id', 'occurrence.status', 'occurrence.starts_at', 'occurrence.local_start'])
    .select(['occurrence.minutes', 'occurrence.series', 'series.fields', 'series.status as series_status'])
    .select(['series.organisation', 'series.organisation_name', 'series.insee', 'series.time_zone', 'series.slug'])
    .where('occurrence.id', '=', id)
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

/**
 * The coming dates of a series that somebody booked, all of its coming dates locked: whoever is booking one of them is waited
 * for, then told; whoever comes after finds the series as it became.
 */
export const bookedDates = async (inside: Context, series: string): Promise<LockedDate[]> => {
  const coming = inside.db
    .selectFrom('event_occurrence')
    .select('id')
    .where('series', '=', series)
    .where('status', '=', 'planned')
    .where('starts_at', '>', inside.clock.now())
    .orderBy('id');
  await coming.forUpdate().execute();
  const booked = await coming
    .where(({ exists, selectFrom }) =>
      exists(selectFrom('event_booking').select('rank').whereRef('occurrence', '=', 'event_occurrence.id')),
    )
    .execute();
  const dates: LockedDate[] = [];
  for (const { id } of booked) {
    const date = await lockDate(inside, id);
    if (date) dates.push(date);
  }
  return dates;
};

/** Cancels a date and tells everybody who was booked or waits. Returns them. To be called with the date locked. */
export const cancelLocked = async (inside: Context, date: LockedDate, words: string) => {
  await inside.db
    .updateTable('event_occurrence')
    .set({ status: 'cancelled', note: words.trim().slice(0, 300) || null })
    .where('id', '=', date.id)
    .execute();
  const people = await livingOf(inside, date.id);
  await keepToCall(inside, people, 'closed');
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

export const noSuchDate: Refusal = { code: 'no_such_date', message: 'Cette date n’existe pas, ou plus.' };
