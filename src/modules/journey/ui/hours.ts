import type { Moment } from '../device/index.ts';
import { type Kept, planReminders, type Timeline } from '../index.ts';

export { startReminders, stopReminders, updateReminders } from '../device/index.ts';

/** The sentences that the service worker may show at their hour. */
export const momentsOf = (kept: Kept, timeline: Timeline, now: Temporal.PlainDateTime): Moment[] =>
  kept.settings.reminders === 'push'
    ? planReminders(timeline, kept.family, now).map(({ step, at }) => ({
        at: at.toZonedDateTime(kept.family.timeZone).toInstant().toString(),
        sentence: step.item.title,
      }))
    : [];
