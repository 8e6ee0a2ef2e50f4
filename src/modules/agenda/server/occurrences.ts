import { sql } from 'kysely';
import { z } from 'zod';
import type { SchoolCalendar } from '#modules/territory/index.ts';
import { todayIn } from '#platform/clock.ts';
import { type Context, inTransaction } from '#platform/server/context.ts';
import { announceChange } from '#platform/server/database/changes.ts';
import type { Database } from '#platform/server/database/database.ts';
import { defineJob } from '#platform/server/jobs/jobs.ts';
import { seriesSchema } from '../event.ts';
import { plannedTimes } from '../planned-times.ts';
import { readSchoolCalendar } from './school-calendar.ts';
import './tables.ts';

/** What processes keep in memory of the agenda changed. */
export const AGENDA_TOPIC = 'agenda';

/** How far ahead occurrences are made. */
export const MONTHS_AHEAD = 12;

/**
 * Brings the coming occurrences of a series to what it tells, in the current transaction: those that are missing are made,
 * those that it does not tell any more go, unless somebody is booked, or the date was moved or cancelled. Telling the same
 * again writes nothing. Returns how many dates with bookings were kept against what it tells now.
 */
export const makeOccurrences = (
  context: Context,
  id: string,
  calendar: SchoolCalendar = readSchoolCalendar(),
): Promise<{ readonly kept: number }> =>
  inTransaction(context, async ({ db, clock }) => {
    const series = await db
      .selectFrom('event_series')
      .selectAll()
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirstOrThrow();
    const fields = seriesSchema.parse(series.fields);
    const today = todayIn(clock, series.time_zone);
    const { times, unknown } = ['published', 'waiting', 'reserved'].includes(series.status)
      ? plannedTimes(fields, series.departement, calendar, today, today.add({ months: MONTHS_AHEAD }))
      : { times: [], unknown: 0 };
    const wanted = new Set(times.map(String));
    const existing = await db
      .selectFrom('event_occurrence')
      .select(['id', 'slot', 'local_start', 'status', 'note', 'minutes'])
      .select(({ exists, selectFrom }) =>
        exists(
          selectFrom('event_booking')
            .select('rank')
            .whereRef('occurrence', '=', 'event_occurrence.id')
            .where('state', 'in', ['confirmed', 'offered', 'waiting']),
        ).as('booked'),
      )
      .where('series', '=', id)
      .where('slot', '>=', sql<Temporal.PlainDateTime>`${today.toString()}::timestamp`)
      .execute();
    const touched = existing.filter(
      ({ booked, status, slot, local_start, note }) =>
        booked || status === 'cancelled' || note !== null || !slot.equals(local_start),
    );
    const holds = new Set(touched.map((one) => one.id));
    const gone = existing.filter((one) => !holds.has(one.id) && !wanted.has(one.slot.toString()));
    const longer = existing.filter((one) => !holds.has(one.id) && one.minutes !== fields.minutes);
    const present = new Set(existing.map(({ slot }) => slot.toString()));
    const missing = times.filter((time) => !present.has(time.toString()));
    const deleted = await deleteUnbooked(
      db,
      gone.map((one) => one.id),
    );
    if (longer.length > 0)
      await db
        .updateTable('event_occurrence')
        .set({ minutes: fields.minutes })
        .where(
          'id',
          'in',
          longer.map((one) => one.id),
        )
        .execute();
    if (missing.length > 0) {
      const rows = missing.map((time) => ({
        ...{ series: id, slot: time.toString(), local_start: time.toString(), minutes: fields.minutes, note: null },
        starts_at: time.toZonedDateTime(series.time_zone).toInstant(),
      }));
      await db.insertInto('event_occurrence').values(rows).execute();
    }
    if (gone.length + longer.length + missing.length > 0 || unknown !== series.waiting_dates) {
      await touchSeries({ ...context, db }, id, { waiting_dates: unknown });
    }
    const against = touched.filter(({ slot, booked }) => booked && !wanted.has(slot.toString()));
    return { kept: against.length + gone.length - deleted };
  });

/** Deletes dates, but those that somebody booked since they were read. Returns how many went. */
const deleteUnbooked = async (db: Database, ids: readonly number[]): Promise<number> => {
  if (ids.length === 0) return 0;
  // Whoever is booking one of them is waited for; whoever comes after finds no date.
  await db.selectFrom('event_occurrence').select('id').where('id', 'in', ids).orderBy('id').forUpdate().execute();
  const gone = await db
    .deleteFrom('event_occurrence')
    .where('id', 'in', ids)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('event_booking')
            .select('rank')
            .whereRef('occurrence', '=', 'event_occurrence.id')
            .where('state', 'in', ['confirmed', 'offered', 'waiting']),
        ),
      ),
    )
    .returning('id')
    .execute();
  return gone.length;
};

/** Says to every process that what is searched of a series changed. */
export const touchSeries = async (
  { db }: Context,
  id: string,
  more: { readonly waiting_dates?: number } = {},
): Promise<void> => {
  await db
    .updateTable('event_series')
    .set({ version: sql`version + 1`, ...more })
    .where('id', '=', id)
    .execute();
  await announceChange(db, AGENDA_TOPIC);
};

/** Makes the occurrences of the year ahead, night after night. Twice does as once. */
export const makeOccurrencesJob = defineJob({
  name: 'agenda.occurrences',
  purpose: `Écrit les dates des rendez-vous de l’agenda, ${MONTHS_AHEAD} mois à l’avance`,
  data: z.object({}),
  every: '40 2 * * *',
  handle: async (context) => {
    const calendar = readSchoolCalendar();
    const series = await context.db
      .selectFrom('event_series')
      .select('id')
      .where('status', 'in', ['published', 'reserved'])
      .orderBy('id')
      .execute();
    // One short transaction each: a killed job goes on where it stopped, and bookings never wait for all of them.
    for (const { id } of series) await makeOccurrences(context, id, calendar);
  },
});
