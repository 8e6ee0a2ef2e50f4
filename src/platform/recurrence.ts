import { RRuleTemporal } from 'rrule-temporal';

/** Weeks of the calendar (ISO 8601) on which something comes. */
export type Parity = 'odd' | 'even' | 'all';

/** The days on which something comes back, as people say them. */
export interface When {
  /** ISO days, Monday 1. */
  readonly days: readonly number[];
  /** Second Tuesday of the month: 2. The last: −1. Empty: every week. */
  readonly nth: readonly number[];
  readonly parity: Parity;
}

/** A time that comes back, by the clock of its place. */
export interface Recurrence {
  /** First time: `2026-11-24T09:00`. */
  readonly starts_at: string;
  /** RFC 5545, without DTSTART: `FREQ=WEEKLY;INTERVAL=2;BYDAY=TU`. Absent: that one time. */
  readonly rrule: string | null;
  /** Days on which it does not come, and days on which it comes besides. ISO dates. */
  readonly except: readonly string[];
  readonly besides: readonly string[];
}

/**
 * When something comes between two days (`to` not included), by its own clock. Reckoned in UTC, which has no change of
 * hour: a bus that comes at 2:30 comes at 2:30. Refuses by throwing rules more frequent than daily and hours that do not
 * exist.
 */
export const recurringTimes = (
  recurrence: Recurrence,
  from: Temporal.PlainDate,
  to: Temporal.PlainDate,
): Temporal.PlainDateTime[] => {
  const start = Temporal.PlainDateTime.from(recurrence.starts_at);
  const excepted = new Set(recurrence.except);
  const byRule = recurrence.rrule ? timesOfRule(recurrence.rrule, start, from, to) : [start];
  const besides = recurrence.besides.map((day) => Temporal.PlainDate.from(day).toPlainDateTime(start));
  const inside = [...byRule, ...besides].filter((time) => {
    const day = time.toPlainDate();
    return (
      Temporal.PlainDate.compare(day, from) >= 0 &&
      Temporal.PlainDate.compare(day, to) < 0 &&
      !excepted.has(day.toString())
    );
  });
  const distinct = new Map(inside.map((time) => [time.toString(), time]));
  return [...distinct.values()].sort(Temporal.PlainDateTime.compare);
};

const timesOfRule = (
  rrule: string,
  start: Temporal.PlainDateTime,
  from: Temporal.PlainDate,
  to: Temporal.PlainDate,
): Temporal.PlainDateTime[] => {
  if (!/^FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)\b/.test(rrule))
    throw new Error(`rule not supported: ${rrule.slice(0, 80)}`);
  if (/BY(HOUR|MINUTE|SECOND)=/.test(rrule)) throw new Error('the hour is the one of the first time');
  const rule = new RRuleTemporal({ rruleString: rrule, dtstart: start.toZonedDateTime('UTC') });
  // A week earlier than asked: from 1 January on, the library starts with the weeks of the new year and forgets the days
  // that end the last week of the year before. The caller keeps what falls between its two days.
  const earlier = from.subtract({ days: 7 });
  return rule
    .between(earlier.toZonedDateTime('UTC'), to.toZonedDateTime('UTC'), true)
    .map((time) => time.toPlainDateTime());
};

const ruleDays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

/**
 * The rule (RFC 5545) of some days. Odd and even weeks are those of the calendar, by their numbers: « every two weeks »
 * would go astray at the end of 2026, which has 53 weeks.
 */
export const ruleOf = ({ days, nth, parity }: When): string => {
  const names = days.map((day) => ruleDays[day - 1] ?? '');
  if (nth.length > 0) return `FREQ=MONTHLY;BYDAY=${nth.map((rank) => `${rank}${names[0]}`).join(',')}`;
  if (parity === 'all') return `FREQ=WEEKLY;BYDAY=${names.join(',')}`;
  const weeks = Array.from({ length: 53 }, (_, at) => at + 1).filter((week) => (week % 2 === 1) === (parity === 'odd'));
  return `FREQ=YEARLY;BYWEEKNO=${weeks.join(',')};BYDAY=${names.join(',')}`;
};

/** Whether it comes that day. */
export const comesOn = (day: Temporal.PlainDate, { days, nth, parity }: When): boolean => {
  if (!days.includes(day.dayOfWeek)) return false;
  if (nth.length > 0) {
    const fromEnd = -Math.ceil((day.daysInMonth - day.day + 1) / 7);
    return nth.includes(Math.ceil(day.day / 7)) || nth.includes(fromEnd);
  }
  return parity === 'all' || ((day.weekOfYear ?? 0) % 2 === 1) === (parity === 'odd');
};

/** The first day from `from` (ISO) on which it comes; within two months, or that day. */
export const firstDayOf = (from: string, when: When): Temporal.PlainDate => {
  let day = Temporal.PlainDate.from(from);
  for (let tried = 0; tried < 62 && !comesOn(day, when); tried += 1) day = day.add({ days: 1 });
  return day;
};

/**
 * The days a rule by number of week forgets: `BYWEEKNO` counts the weeks of a year from its first one, so that a rule
 * that begins on Friday 1 January 2027, in week 53 of 2026, would only begin the week after.
 */
export const besidesBeforeFirstWeek = (first: string, when: When): string[] => {
  if (when.parity === 'all' || when.nth.length > 0) return [];
  const days: string[] = [];
  for (
    let day = Temporal.PlainDate.from(first);
    day.month === 1 && (day.yearOfWeek ?? day.year) < day.year;
    day = day.add({ days: 1 })
  ) {
    if (comesOn(day, when)) days.push(day.toString());
  }
  return days;
};
