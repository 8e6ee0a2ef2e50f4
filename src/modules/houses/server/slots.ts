import { sql } from 'kysely';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { todayIn } from '#platform/clock.ts';
import type { Context } from '#platform/server/context.ts';
import { DAYS_AHEAD, NOTICE_HOURS } from '../appointment.ts';
import { overlap, slotsOf, timesSchema } from '../hours.ts';
import type { AppointmentMode } from '../house.ts';
import './tables.ts';

/** A time at which a member of a house may still receive somebody. */
export interface Slot {
  readonly hours: string;
  readonly member: string;
  /** « Sage-femme », and a first name where they want one shown. */
  readonly role: string;
  readonly name: string;
  readonly site: string;
  readonly siteName: string;
  readonly timeZone: string;
  readonly mode: AppointmentMode;
  /** By the clock of the site. */
  readonly start: Temporal.PlainDateTime;
  readonly startsAt: Temporal.Instant;
  readonly minutes: number;
}

/** What may still be taken in a house in the coming weeks, the earliest first. `hours`: of these alone. */
export const openSlots = async (context: Context, house: string, hours?: string): Promise<Slot[]> => {
  const rows = await readReceiving(context, house, hours);
  if (rows.length === 0) return [];
  const members = [...new Set(rows.map(({ member }) => member))];
  const now = context.clock.now();
  const soonest = now.add({ hours: NOTICE_HOURS });
  const taken = Map.groupBy(
    await context.db
      .selectFrom('house_appointment')
      .select(['member', 'starts_at', 'minutes'])
      .where('member', 'in', members)
      .where('state', '=', 'booked')
      .where('starts_at', '>', now.subtract({ hours: 24 }))
      .execute(),
    ({ member }) => member,
  );
  const absences = await context.db
    .selectFrom('house_absence')
    .select(['member', 'day'])
    .where('member', 'in', members)
    .execute();
  const absent = new Set(absences.map(({ member, day }) => `${member} ${day}`));
  const territories = context.indexes.get(territoryIndex);
  const free = rows.flatMap((row) => {
    const from = todayIn(context.clock, row.timeZone);
    const departement = territories.commune(row.insee)?.departement ?? '';
    const told = { times: timesSchema.parse(row.fields), minutes: row.minutes, slots: row.slots };
    return slotsOf(told, departement, from, from.add({ days: DAYS_AHEAD })).flatMap((start) => {
      const startsAt = start.toZonedDateTime(row.timeZone).toInstant();
      const { fields: _, slots: __, insee: ___, ...said } = row;
      const stretch = { starts: startsAt, minutes: row.minutes };
      return Temporal.Instant.compare(startsAt, soonest) >= 0 &&
        !absent.has(`${row.member} ${start.toPlainDate()}`) &&
        !(taken.get(row.member) ?? []).some((one) => overlap(stretch, { starts: one.starts_at, minutes: one.minutes }))
        ? [{ ...said, start, startsAt }]
        : [];
    });
  });
  return free.sort((one, other) => Temporal.Instant.compare(one.startsAt, other.startsAt));
};

/** The hours on which members of a house receive, that have not ended. */
const readReceiving = ({ db }: Context, house: string, hours?: string) =>
  db
    .selectFrom('house_hours as hours')
    .innerJoin('house_site as site', 'site.id', 'hours.site')
    .innerJoin('house_member as member', 'member.id', 'hours.member')
    .select(['hours.id as hours', 'hours.mode', 'hours.fields', 'hours.minutes', 'hours.slots'])
    .select(['member.id as member', 'member.role', 'member.name'])
    .select(['site.id as site', 'site.name as siteName', 'site.time_zone as timeZone', 'site.insee'])
    .where('hours.house', '=', house)
    .where('hours.ended_at', 'is', null)
    .where('site.closed_at', 'is', null)
    .$if(hours !== undefined, (query) => query.where('hours.id', '=', hours ?? ''))
    .orderBy('member.position')
    .execute();

/** What the counts of a month hold. */
type Counted = 'booked' | 'cancelled' | 'closed' | 'came' | 'absent';

/** Adds to what is counted of a site’s appointments of a month, without anybody: the report lives on it. */
export const countAppointment = async (
  { db }: Context,
  {
    site,
    start,
    mode,
  }: { readonly site: string; readonly start: Temporal.PlainDateTime; readonly mode: AppointmentMode },
  counted: Counted,
  more: 1 | -1 = 1,
): Promise<void> => {
  const month = start.toPlainDate().with({ day: 1 }).toString();
  await sql`
    insert into house_appointment_count as known (site, month, mode, ${sql.ref(counted)})
    values (${site}::uuid, ${month}::date, ${mode}, ${Math.max(more, 0)})
    on conflict (site, month, mode) do update set ${sql.ref(counted)} = known.${sql.ref(counted)} + ${more}`.execute(
    db,
  );
};
