import { sql } from 'kysely';
import type { Context } from '#platform/server/context.ts';
import './tables.ts';

/** How many came to one date, without anybody. `day`: at the place. */
export interface AttendanceFigures {
  readonly occurrence: number;
  readonly day: Temporal.PlainDate;
  readonly kind: string;
  readonly booked: number;
  readonly came: number;
  readonly absent: number;
}

/**
 * The dates of an organisation that began between two moments and were not cancelled, with the persons who were booked, who
 * were seen and who were not. To be asked before their bookings are erased.
 */
export const attendanceBetween = async (
  { db }: Pick<Context, 'db'>,
  organisation: string,
  from: Temporal.Instant,
  to: Temporal.Instant,
): Promise<readonly AttendanceFigures[]> => {
  const { rows } = await sql<AttendanceFigures>`
    select date.id as occurrence, date.local_start::date as day, series.fields ->> 'kind' as kind,
      coalesce(sum(booking.persons) filter (where booking.state = 'confirmed'), 0)::integer as booked,
      coalesce(sum(booking.persons) filter (where booking.state = 'confirmed' and booking.attended), 0)::integer as came,
      coalesce(sum(booking.persons) filter (where booking.state = 'confirmed' and not booking.attended), 0)::integer as absent
    from event_occurrence as date
    join event_series as series on series.id = date.series
    left join event_booking as booking on booking.occurrence = date.id
    where series.organisation = ${organisation} and series.status not in ('waiting', 'withdrawn') and date.status = 'planned'
      and date.starts_at >= ${from} and date.starts_at < ${to}
    group by date.id, series.id order by date.id`.execute(db);
  return rows;
};
