/** The sentences that say how fresh a listing is. `{days}`, `{months}` are filled in. */
export interface CheckedPhrases {
  readonly today: string;
  readonly yesterday: string;
  readonly days: string;
  readonly oneMonth: string;
  readonly months: string;
  readonly stale: string;
}

/** Months after which a confirmation reassures nobody: « pas confirmé depuis plus d’un an ». */
const STALE_MONTHS = 12;

/** Whether somebody confirmed a listing too long ago to be believed. `on`: ISO day. */
export const isStale = (on: string, today: Temporal.PlainDate): boolean =>
  Temporal.PlainDate.compare(Temporal.PlainDate.from(on).add({ months: STALE_MONTHS }), today) < 0;

/**
 * How long ago somebody confirmed that a listing is right, in plain words; nothing for what nobody has confirmed. `on`: ISO
 * day, of a moment told by another clock perhaps: a day to come is today.
 */
export const checkedWords = (
  on: string | null | undefined,
  today: Temporal.PlainDate,
  phrases: CheckedPhrases,
): { readonly text: string; readonly stale: boolean } | undefined => {
  if (on == null) return undefined;
  if (isStale(on, today)) return { text: phrases.stale, stale: true };
  const { months, days } = Temporal.PlainDate.from(on).until(today, { largestUnit: 'months' });
  return { text: sinceWords(months, days, phrases), stale: false };
};

const sinceWords = (months: number, days: number, phrases: CheckedPhrases): string => {
  if (months > 1) return phrases.months.replace('{months}', String(months));
  if (months === 1) return phrases.oneMonth;
  if (days > 1) return phrases.days.replace('{days}', String(days));
  return days === 1 ? phrases.yesterday : phrases.today;
};
