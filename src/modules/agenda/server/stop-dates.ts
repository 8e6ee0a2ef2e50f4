import { sql } from 'kysely';
import type { Context } from '#platform/server/context.ts';
import './tables.ts';

/** The planned dates of an organisation’s series that are held at one of these stops between two moments of its clock. */
export const datesAtStops = (
  { db }: Context,
  organisation: string,
  stops: readonly number[],
  from: Temporal.PlainDateTime,
  to: Temporal.PlainDateTime,
) =>
  db
    .selectFrom('event_occurrence as occurrence')
    .innerJoin('event_series as series', 'series.id', 'occurrence.series')
    .select(['occurrence.id', 'occurrence.local_start'])
    .where('series.organisation', '=', organisation)
    .where(sql<boolean>`(series.fields ->> 'stop')::integer = any(${stops}::integer[])`)
    .where('occurrence.status', '=', 'planned')
    .where('occurrence.local_start', '<', sql<Temporal.PlainDateTime>`${to.toString()}::timestamp`)
    .where(
      sql<boolean>`occurrence.local_start + occurrence.minutes * interval '1 minute' > ${from.toString()}::timestamp`,
    )
    .orderBy('series.id')
    .orderBy('occurrence.id')
    .execute();
