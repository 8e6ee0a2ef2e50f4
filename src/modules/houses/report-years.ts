import { DAYS_TO_SEND } from './counter.ts';

/** Whether the report of a year may be made: once no device can add to it. Two versions of it would tell what each hides. */
export const mayReport = (year: number, today: Temporal.PlainDate): boolean =>
  Temporal.PlainDate.compare(today, reportDay(year)) >= 0;

/** The first day on which the report of a year is made. */
const reportDay = (year: number): Temporal.PlainDate =>
  new Temporal.PlainDate(year + 1, 1, 1).add({ days: DAYS_TO_SEND });

/** The years whose report may be made, the last first, as far back as one compares; the next one, and when. */
export const yearsToReport = (
  today: Temporal.PlainDate,
): { readonly years: readonly [number, ...number[]]; readonly next: number; readonly nextDay: Temporal.PlainDate } => {
  const last = mayReport(today.year - 1, today) ? today.year - 1 : today.year - 2;
  return { years: [last, last - 1, last - 2], next: last + 1, nextDay: reportDay(last + 1) };
};
