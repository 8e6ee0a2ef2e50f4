/**
 * From conception to the expected day of birth, in France: 41 weeks of amenorrhoea, of which two come before conception.
 * Elsewhere 40 weeks are counted. Source: documents of maternities, `gro-terme` in content/schedule.
 */
export const DAYS_FROM_CONCEPTION_TO_DUE = 273;

/** From the first day of the last period to conception. */
export const DAYS_FROM_PERIOD_TO_CONCEPTION = 14;

/** Weeks of amenorrhoea (SA) from which a birth is no longer premature. */
export const TERM_WEEKS = 37;

/** A week counter stops here: beyond, the maternity counts. */
export const LAST_WEEK_SHOWN = 42;

/** How the pregnancy is dated. An ultrasound says how far it was, in weeks of amenorrhoea and days, on its day. */
export type Dating =
  | { readonly by: 'due' | 'conception' | 'period'; readonly day: Temporal.PlainDate }
  | { readonly by: 'ultrasound'; readonly day: Temporal.PlainDate; readonly weeks: number; readonly days: number };

/** The expected day of birth. */
export const dueDate = (dating: Dating): Temporal.PlainDate => {
  switch (dating.by) {
    case 'due':
      return dating.day;
    case 'conception':
      return dating.day.add({ days: DAYS_FROM_CONCEPTION_TO_DUE });
    case 'period':
      return dating.day.add({ days: DAYS_FROM_PERIOD_TO_CONCEPTION + DAYS_FROM_CONCEPTION_TO_DUE });
    case 'ultrasound':
      return dating.day.add({
        days: DAYS_FROM_PERIOD_TO_CONCEPTION + DAYS_FROM_CONCEPTION_TO_DUE - (dating.weeks * 7 + dating.days),
      });
  }
};

/** The day of conception that the dating supposes. */
export const conceptionDate = (dating: Dating): Temporal.PlainDate =>
  dating.by === 'conception' ? dating.day : dueDate(dating).subtract({ days: DAYS_FROM_CONCEPTION_TO_DUE });

/** Completed weeks of amenorrhoea and days on a day. Negative before the last period. */
export const amenorrhoea = (dating: Dating, day: Temporal.PlainDate): { weeks: number; days: number } => {
  const days = dueDate(dating)
    .subtract({ days: DAYS_FROM_PERIOD_TO_CONCEPTION + DAYS_FROM_CONCEPTION_TO_DUE })
    .until(day, { largestUnit: 'day' }).days;
  return { weeks: Math.floor(days / 7), days: ((days % 7) + 7) % 7 };
};
