import type { JourneyWords } from '#messages/fr/journey.ts';
import { cancelledCalendar, type Timeline, writeCalendar } from '../index.ts';

/** A calendar that takes away what an earlier one had brought and is no more. */
export const cancelledFile = (before: Timeline, after: Timeline, words: JourneyWords['agenda']): string =>
  writeCalendar(cancelledCalendar(before, after, words), Temporal.Now.instant(), words.name);
