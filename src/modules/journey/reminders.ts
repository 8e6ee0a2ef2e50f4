import type { Family } from './family.ts';
import { daysOfRemembrance } from './remembrance.ts';
import type { Step, Timeline } from './timeline.ts';

/** No more than this many a day for the person who holds the device. */
const PER_DAY = 1;
/** No more than this many in any seven days. */
const PER_WEEK = 3;
/** Reminders come at ten in the morning, local time: never between 20:00 and 9:00. */
export const REMINDER_HOUR = 10;
/** How far ahead reminders are planned, in days. */
const HORIZON_DAYS = 180;
/** A reminder that finds its day taken may come up to this many days later. */
const MAY_WAIT_DAYS = 7;

export interface Reminder {
  readonly step: Step;
  /** Local time of the family's home. */
  readonly at: Temporal.PlainDateTime;
}

/**
 * The reminders to come, from tomorrow on or from today when it is still morning. One a day and three in any seven days
 * at most, none at night, none on the expected day of a child who died. What finds no room within a week is dropped:
 * the step stays in sight on the page.
 */
export const planReminders = (timeline: Timeline, family: Family, now: Temporal.PlainDateTime): Reminder[] => {
  const today = now.toPlainDate();
  const first = now.hour < REMINDER_HOUR ? today : today.add({ days: 1 });
  const horizon = today.add({ days: HORIZON_DAYS });
  const forbidden = new Set(daysOfRemembrance(family).map(String));
  const taken: Temporal.PlainDate[] = [];
  const reminders: Reminder[] = [];
  const asked = timeline.steps.flatMap((step) => (step.remindOn ? [{ step, day: step.remindOn }] : []));
  asked.sort((a, b) => Temporal.PlainDate.compare(a.day, b.day) || rank(b.step) - rank(a.step));
  for (const { step, day } of asked) {
    const wanted = Temporal.PlainDate.compare(day, first) < 0 ? first : day;
    const free = firstFree(wanted, taken, forbidden);
    if (!free || Temporal.PlainDate.compare(free, horizon) > 0) continue;
    taken.push(free);
    reminders.push({ step, at: free.toPlainDateTime({ hour: REMINDER_HOUR }) });
  }
  return reminders.sort((a, b) => Temporal.PlainDateTime.compare(a.at, b.at));
};

const rank = ({ item }: Step): number => Number(Boolean(item.moment)) * 2 + Number(item.level === 'required');

const firstFree = (
  wanted: Temporal.PlainDate,
  taken: readonly Temporal.PlainDate[],
  forbidden: ReadonlySet<string>,
): Temporal.PlainDate | undefined => {
  for (let wait = 0; wait <= MAY_WAIT_DAYS; wait += 1) {
    const day = wanted.add({ days: wait });
    if (!forbidden.has(day.toString()) && hasRoom(day, taken)) return day;
  }
  return undefined;
};

/** Room on the day itself, and in each of the seven spans of seven days that hold it. */
const hasRoom = (day: Temporal.PlainDate, taken: readonly Temporal.PlainDate[]): boolean => {
  const distances = taken.map((other) => day.until(other, { largestUnit: 'day' }).days);
  if (distances.filter((distance) => distance === 0).length >= PER_DAY) return false;
  for (let start = -6; start <= 0; start += 1) {
    if (distances.filter((distance) => distance >= start && distance < start + 7).length >= PER_WEEK) return false;
  }
  return true;
};
