import type { ScheduleItem } from './schedule.ts';
import { isPremature, type Subject } from './subjects.ts';

/** From a first day to the first day after: `start <= day < end`. */
export interface Window {
  readonly start: Temporal.PlainDate;
  readonly end: Temporal.PlainDate;
}

/** A window and the day it is counted from. */
export interface Placed extends Window {
  readonly anchor: Temporal.PlainDate;
  /** The birth has not happened: counted from the expected day, and sure to move. */
  readonly provisional: boolean;
  /** It lasts until the birth, whatever the expected day. */
  readonly untilBirth: boolean;
}

const durations = new Map<string, Temporal.Duration>();

/** Reads an ISO duration once. */
export const duration = (text: string): Temporal.Duration => {
  const known = durations.get(text);
  if (known) return known;
  const read = Temporal.Duration.from(text);
  durations.set(text, read);
  return read;
};

/** A window that ends here ends with the birth: a pregnancy that lasts longer is a normal one. */
const WHOLE_PREGNANCY = 'P9M';

/** Corrected age is never used from 24 months on. */
const CORRECTED_UNTIL_MONTHS = 24;

/** Whether a distance from birth lies before 24 months: weeks and days count as part of a month. */
const beforeTwoYears = ({ years, months, weeks, days }: Temporal.Duration): boolean =>
  years * 12 + months + (weeks * 7 + days) / 31 < CORRECTED_UNTIL_MONTHS;

/**
 * Places a row for a subject: nothing when the day it is counted from is not known, or when the window never opens.
 * Months are calendar months: 31 January + 1 month is the last day of February.
 */
export const place = (item: ScheduleItem, subject: Subject, today: Temporal.PlainDate): Placed | undefined => {
  if (item.from === undefined || item.until === undefined) return undefined;
  const anchored = anchorDay(item, subject, today);
  if (!anchored) return undefined;
  const { anchor, provisional } = anchored;
  const start = item.year_of ? inYear(anchor.add(duration(item.year_of)), item.from) : anchor.add(duration(item.from));
  const end = item.year_of
    ? inYear(anchor.add(duration(item.year_of)), item.until)
    : /^\d/.test(item.until)
      ? Temporal.PlainDate.from(item.until)
      : anchor.add(duration(item.until));
  const untilBirth = item.anchor === 'conception' && item.until === WHOLE_PREGNANCY;
  const lasting = untilBirth
    ? { start, end: latest(end, subject.dates.birth ?? today.add({ days: 1 })) }
    : { start, end };
  const window = closed(item, subject, seasonal(item, lasting));
  // A day fixed by a text may come before the window opens: then it never does.
  if (!window || Temporal.PlainDate.compare(window.start, window.end) >= 0) return undefined;
  if (!inForce(item, window.start)) return undefined;
  return { start: window.start, end: window.end, anchor, provisional, untilBirth };
};

const anchorDay = (
  item: ScheduleItem,
  subject: Subject,
  today: Temporal.PlainDate,
): { anchor: Temporal.PlainDate; provisional: boolean } | undefined => {
  const sure = (anchor: Temporal.PlainDate | undefined) => (anchor ? { anchor, provisional: false } : undefined);
  switch (item.anchor) {
    case 'project':
      return undefined;
    case 'conception':
      return sure(subject.dates.conception);
    case 'due':
      return sure(subject.of === 'pregnancy' ? subject.dates.due : undefined);
    case 'arrival':
      return sure(subject.of === 'project' ? undefined : subject.children.find((child) => child.arrival)?.arrival);
    case 'loss':
      return sure(subject.of === 'loss' ? subject.children[0].loss?.day : undefined);
    case 'birth':
    case 'birth_corrected': {
      const birth = subject.dates.birth;
      if (!birth) return expectedBirth(subject, today);
      const corrected =
        item.anchor === 'birth_corrected' && isPremature(subject) && beforeTwoYears(duration(item.from ?? 'P0D'));
      return sure(corrected ? (subject.dates.due ?? birth) : birth);
    }
  }
};

/** Until the birth, what follows it is counted from the expected day; once that day is over, from today. */
const expectedBirth = (subject: Subject, today: Temporal.PlainDate) => {
  const due = subject.of !== 'project' && subject.pregnancy ? subject.dates.due : undefined;
  return due && { anchor: Temporal.PlainDate.compare(due, today) < 0 ? today : due, provisional: true };
};

/** `09-01` in the civil year of a day. */
const inYear = (day: Temporal.PlainDate, monthDay: string): Temporal.PlainDate =>
  Temporal.PlainMonthDay.from(monthDay).toPlainDate({ year: day.year });

/** What the birth changes: a pregnancy ends with it, a leave follows it. */
const closed = (item: ScheduleItem, subject: Subject, window: Window | undefined): Window | undefined => {
  const birth = subject.of === 'pregnancy' ? subject.dates.birth : undefined;
  if (!window || !birth) return window;
  if (item.leave) {
    return {
      start: window.start,
      end: latest(window.start.add(duration(item.leave.length)), birth.add(duration(item.leave.after_birth))),
    };
  }
  if (Temporal.PlainDate.compare(window.start, birth) >= 0) return undefined;
  return { start: window.start, end: earliest(window.end, birth) };
};

/** Keeps the first part of a window that falls between 1 September and 31 January, for what is done in that season only. */
const seasonal = (item: ScheduleItem, window: Window): Window | undefined => {
  if (!item.when.some((condition) => condition.length === 1 && condition[0] === 'season_sep_jan')) return window;
  for (let year = window.start.year - 1; year <= window.end.year; year += 1) {
    const start = latest(window.start, Temporal.PlainDate.from({ year, month: 9, day: 1 }));
    const end = earliest(window.end, Temporal.PlainDate.from({ year: year + 1, month: 2, day: 1 }));
    if (Temporal.PlainDate.compare(start, end) < 0) return { start, end };
  }
  return undefined;
};

const inForce = ({ valid_from, valid_to }: ScheduleItem, start: Temporal.PlainDate): boolean => {
  if (!valid_from && !valid_to) return true;
  const day = start.toString();
  return (!valid_from || day >= valid_from) && (!valid_to || day < valid_to);
};

const latest = (a: Temporal.PlainDate, b: Temporal.PlainDate) => (Temporal.PlainDate.compare(a, b) >= 0 ? a : b);
const earliest = (a: Temporal.PlainDate, b: Temporal.PlainDate) => (Temporal.PlainDate.compare(a, b) <= 0 ? a : b);
