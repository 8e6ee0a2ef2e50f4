import type { CalendarEvent } from './calendar.ts';
import type { Family } from './family.ts';
import { planReminders } from './reminders.ts';
import { sumOf } from './sum.ts';
import type { Step, Timeline } from './timeline.ts';

/** What a calendar says when nobody may guess. */
export interface CalendarWords {
  readonly neutralTitle: string;
  readonly neutralText: string;
}

/** A window longer than this is one day in a calendar: the day it opens. */
const LONGEST_DAYS = 45;

/**
 * The steps chosen for a calendar: to come or open, surely of this family, never of a child who died. `neutral` gives
 * titles that say nothing. The alarm is that of the reminder, when there is one.
 */
export const calendarOf = (
  timeline: Timeline,
  family: Family,
  now: Temporal.PlainDateTime,
  words: CalendarWords & { readonly neutral: boolean },
  chosen: (step: Step) => boolean = () => true,
): CalendarEvent[] => {
  const alarms = new Map(planReminders(timeline, family, now).map(({ step, at }) => [step.key, at]));
  return timeline.steps
    .filter((step) => belongs(step) && chosen(step))
    .flatMap((step) => {
      if (!step.window) return [];
      const { start, end } = step.window;
      const alarm = alarms.get(step.key);
      const long = start.until(end, { largestUnit: 'day' }).days > LONGEST_DAYS;
      return [
        {
          uid: uidOf(step.key),
          title: words.neutral ? words.neutralTitle : step.item.title,
          text: words.neutral ? words.neutralText : step.item.text,
          start,
          end: long ? start.add({ days: 1 }) : end,
          ...(alarm ? { alarm } : {}),
        },
      ];
    });
};

const belongs = ({ state, quiet, ifs, window }: Step): boolean =>
  window !== undefined && !quiet && ifs.length === 0 && ['upcoming', 'open', 'ending'].includes(state);

/**
 * The same events, cancelled: what is exported after a loss, so that a calendar that received them lets them go. Every
 * step that the child, or its pregnancy, ever had. Titles are neutral, always.
 */
export const cancelledCalendar = (before: Timeline, after: Timeline, words: CalendarWords): CalendarEvent[] => {
  const kept = new Set(after.steps.map(({ key }) => key));
  return before.steps.flatMap(({ key, window }) =>
    window && !kept.has(key)
      ? [
          {
            ...{ uid: uidOf(key), title: words.neutralTitle, cancelled: true },
            ...{ start: window.start, end: window.start.add({ days: 1 }) },
          },
        ]
      : [],
  );
};

/** Stable, told apart from those of other families by the random identifiers of a device, and silent about what it is. */
const uidOf = (key: string): string => `${sumOf(key)}${sumOf(key, 0x01234567)}@calendrier`;
