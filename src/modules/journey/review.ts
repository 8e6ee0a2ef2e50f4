import type { Schedule, ScheduleItem } from './schedule.ts';

/** Why a row asks for somebody's eyes. */
export type Reason = 'no_text' | 'never_checked' | 'check_again' | 'never_reviewed' | 'over';

/** A row with no day of its own is checked again after a year. */
const CHECK_AGAIN = { years: 1 };

/**
 * The rows to look at on a day, with why: no official text was found (confidence C), never compared with one, due to be
 * compared again, never read again by a professional, or out of force.
 */
export const rowsToReview = (
  schedule: Schedule,
  today: Temporal.PlainDate,
): { item: ScheduleItem; reasons: Reason[] }[] =>
  schedule
    .map((item) => ({ item, reasons: reasonsFor(item, today.toString()) }))
    .filter(({ reasons }) => reasons.length > 0);

const reasonsFor = (item: ScheduleItem, today: string): Reason[] => {
  const again =
    item.review_by ??
    (item.checked_on ? Temporal.PlainDate.from(item.checked_on).add(CHECK_AGAIN).toString() : undefined);
  return [
    ...(item.confidence === 'C' ? (['no_text'] as const) : []),
    ...(item.checked_on === null ? (['never_checked'] as const) : []),
    ...(again && again <= today ? (['check_again'] as const) : []),
    ...(item.reviewed_on === null ? (['never_reviewed'] as const) : []),
    ...(item.valid_to && item.valid_to <= today ? (['over'] as const) : []),
  ];
};
