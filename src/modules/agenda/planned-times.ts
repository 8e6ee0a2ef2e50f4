import { isPublicHoliday } from '#modules/directory/index.ts';
import { type SchoolCalendar, schoolDay } from '#modules/territory/index.ts';
import { type Recurrence, recurringTimes } from '#platform/recurrence.ts';
import type { SeriesFields } from './event.ts';

/** When a series is held between two days (`to` not included), by the clock of its place. */
export interface PlannedTimes {
  readonly times: readonly Temporal.PlainDateTime[];
  /** Dates that wait for the school calendar of their zone to be published: never guessed. */
  readonly unknown: number;
}

/** The dates of a series, without those that school and public holidays take out. Dates added by hand always stay. */
export const plannedTimes = (
  fields: Recurrence & Pick<SeriesFields, 'school' | 'on_holidays'>,
  departement: string,
  calendar: SchoolCalendar,
  from: Temporal.PlainDate,
  to: Temporal.PlainDate,
): PlannedTimes => {
  const chosen = new Set(fields.rrule === null ? [fields.starts_at.slice(0, 10), ...fields.besides] : fields.besides);
  let unknown = 0;
  const times = recurringTimes(fields, from, to).filter((time) => {
    const day = time.toPlainDate();
    if (chosen.has(day.toString())) return true;
    if (!fields.on_holidays && isPublicHoliday(day, departement)) return false;
    if (fields.school === 'toujours') return true;
    const school = schoolDay(day, departement, calendar);
    if (school === 'unknown') unknown += 1;
    return school === (fields.school === 'pendant' ? 'holidays' : 'school');
  });
  return { times, unknown };
};
