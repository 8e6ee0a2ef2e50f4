import { dayWords } from '#modules/directory/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { readRowId } from '#platform/ids.ts';
import type { Context } from '#platform/server/context.ts';
import { eventKinds, type SeriesFields, seriesSchema } from '../event.ts';
import { hoursWords, whereWords } from '../event-words.ts';
import { placesWords } from '../places-words.ts';
import './tables.ts';

/** One date as parents read it. Plain data. */
export interface EventRow {
  readonly id: number;
  readonly series: string;
  readonly page: string;
  readonly title: string;
  readonly kind: string;
  readonly organisation: string;
  readonly organiser: string;
  /** Local: `2026-11-24`, `2026-11-24T09:30`. */
  readonly day: string;
  readonly start: string;
  readonly minutes: number;
  readonly timeZone: string;
  readonly startsAt: string;
  /** « mardi 24 novembre », « de 9 h 30 à 11 h » */
  readonly dayWords: string;
  readonly hours: string;
  readonly where: string;
  readonly commune: string;
  readonly insee: string;
  readonly cancelled: boolean;
  readonly moved: boolean;
  readonly note: string | null;
  /** Persons that may still come; undefined when nobody counts. */
  readonly free: number | undefined;
  readonly places: string;
  /** It has not begun. */
  readonly toCome: boolean;
  readonly fields: SeriesFields;
}

/** These occurrences of published series, in the order asked for. Those that are gone meanwhile are left out. */
export const readEvents = async (context: Context, ids: readonly number[]): Promise<EventRow[]> => {
  if (ids.length === 0) return [];
  const rows = await selectEvents(context)
    .where('series.status', '=', 'published')
    .where('occurrence.id', 'in', [...ids])
    .execute();
  const found = new Map(rows.map((row) => [row.id, toEvent(context, row)]));
  return ids.flatMap((id) => found.get(id) ?? []);
};

/** A published series by the name in its address, with its dates to come, cancelled ones included. */
export const readSeriesPage = async (context: Context, slug: string, limit = 30): Promise<EventRow[]> => {
  const rows = await selectEvents(context)
    .where('series.status', '=', 'published')
    .where('series.slug', '=', slug)
    .where('occurrence.starts_at', '>', context.clock.now().subtract({ hours: 6 }))
    .orderBy('occurrence.local_start')
    .limit(limit)
    .execute();
  return rows.map((row) => toEvent(context, row));
};

/** One date of a published series, by the two parts of its address. */
export const readDate = async (context: Context, slug: string, date: string): Promise<EventRow | undefined> => {
  const id = readRowId(date);
  if (id === undefined) return undefined;
  const row = await selectEvents(context)
    .where('series.status', '=', 'published')
    .where('occurrence.id', '=', id)
    .where('series.slug', '=', slug)
    .executeTakeFirst();
  return row && toEvent(context, row);
};

/** One date for who booked it: they know its day and place, though its series is read again, or closed, meanwhile. */
export const readBookedDate = async (context: Context, id: number): Promise<EventRow | undefined> => {
  const row = await selectEvents(context).where('occurrence.id', '=', id).executeTakeFirst();
  return row && toEvent(context, row);
};

/** What is told of a published series that may have no date to come. */
export const readSeries = async ({ db }: Context, slug: string) => {
  const row = await db
    .selectFrom('event_series')
    .select(['id', 'fields', 'organisation', 'organisation_name', 'waiting_dates', 'insee'])
    .where('slug', '=', slug)
    .where('status', '=', 'published')
    .executeTakeFirst();
  return row && { ...row, fields: seriesSchema.parse(row.fields) };
};

const selectEvents = ({ db }: Context) =>
  db
    .selectFrom('event_occurrence as occurrence')
    .innerJoin('event_series as series', 'series.id', 'occurrence.series')
    .select(['occurrence.id', 'occurrence.series', 'occurrence.local_start', 'occurrence.starts_at', 'occurrence.slot'])
    .select(['occurrence.minutes', 'occurrence.status', 'occurrence.note', 'occurrence.taken'])
    .select(['series.slug', 'series.fields', 'series.organisation', 'series.organisation_name', 'series.insee'])
    .select('series.time_zone');

type Row = Awaited<ReturnType<ReturnType<typeof selectEvents>['execute']>>[number];

const toEvent = (context: Context, row: Row): EventRow => {
  const fields = seriesSchema.parse(row.fields);
  const commune = context.indexes.get(territoryIndex).commune(row.insee)?.name ?? '';
  const day = row.local_start.toPlainDate();
  const today = context.clock.now().toZonedDateTimeISO(row.time_zone).toPlainDate();
  const free = fields.places === null || fields.booking !== 'ici' ? undefined : Math.max(0, fields.places - row.taken);
  return {
    ...{ id: row.id, series: row.series, page: `/agenda/${row.slug}/${row.id}`, title: fields.title },
    kind: eventKinds.find(({ code }) => code === fields.kind)?.label ?? '',
    ...{ organisation: row.organisation, organiser: row.organisation_name },
    ...{ day: day.toString(), start: row.local_start.toString().slice(0, 16), minutes: row.minutes },
    ...{ timeZone: row.time_zone, startsAt: row.starts_at.toString() },
    ...{ dayWords: dayWords(day, today), hours: hoursWords(row.local_start, row.minutes) },
    ...{ where: whereWords(fields, commune), commune, insee: row.insee },
    ...{ cancelled: row.status === 'cancelled', moved: !row.slot.equals(row.local_start), note: row.note },
    ...{ free, places: placesWords(free, fields.waiting_list), fields },
    toCome: Temporal.Instant.compare(row.starts_at, context.clock.now()) > 0,
  };
};
