/** How long at least somebody who left is still counted, in days. */
export const QUIET_DAYS = 7;

/**
 * Counts told to families do not betray who has just left: somebody who left since this moment is still counted. It moves
 * on Mondays only, in Paris, and stands between one week and two behind.
 */
export const countedSince = (now: Temporal.Instant): Temporal.Instant => {
  const today = now.toZonedDateTimeISO('Europe/Paris').startOfDay();
  return today.subtract({ days: today.dayOfWeek - 1 + QUIET_DAYS }).toInstant();
};
