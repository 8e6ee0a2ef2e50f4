import type { JourneyWords } from '#messages/fr/journey.ts';
import type { ScheduleItem } from '../index.ts';

/** Which of the moments of the policy a row is: one of the three key moments, a peak, or neither. */
export const momentOf = ({ moment }: ScheduleItem): 'key' | 'peak' | undefined =>
  moment && (moment === 'peak' ? 'peak' : 'key');

/** The word and the colour that set such a row apart in a list. */
export const markOf = (item: ScheduleItem, words: JourneyWords) => {
  const moment = momentOf(item);
  return moment && ({ text: words.moments[moment].mark, tone: moment === 'peak' ? 'rose' : 'apricot' } as const);
};
