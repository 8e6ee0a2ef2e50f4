import { calendarDay, calendarFile, calendarText, calendarTime } from '#platform/calendar-file.ts';

/** One event of a calendar file. All day, from `start` to the day before `end`. */
export interface CalendarEvent {
  /** Stable: a second import of the same event updates it. */
  readonly uid: string;
  readonly title: string;
  readonly text?: string;
  readonly start: Temporal.PlainDate;
  readonly end: Temporal.PlainDate;
  /** Local time of the alarm. */
  readonly alarm?: Temporal.PlainDateTime;
  readonly cancelled?: boolean;
}

/**
 * A calendar file (RFC 5545) made on the device. `madeAt` dates the file and numbers its revision, so that what is
 * imported later replaces what was imported before. Cancelled events take those of an earlier import away.
 */
export const writeCalendar = (events: readonly CalendarEvent[], madeAt: Temporal.Instant, name: string): string =>
  calendarFile(
    [
      'CALSCALE:GREGORIAN',
      `METHOD:${events.length > 0 && events.every(({ cancelled }) => cancelled) ? 'CANCEL' : 'PUBLISH'}`,
      `X-WR-CALNAME:${calendarText(name)}`,
    ],
    events.flatMap((event) => writeEvent(event, madeAt)),
  );

const writeEvent = (event: CalendarEvent, madeAt: Temporal.Instant): string[] => [
  'BEGIN:VEVENT',
  `UID:${event.uid}`,
  `DTSTAMP:${calendarTime(madeAt)}`,
  `SEQUENCE:${Math.floor(madeAt.epochMilliseconds / 60_000) - FIRST_MINUTE}`,
  `DTSTART;VALUE=DATE:${calendarDay(event.start)}`,
  `DTEND;VALUE=DATE:${calendarDay(event.end)}`,
  `SUMMARY:${calendarText(event.title)}`,
  ...(event.text ? [`DESCRIPTION:${calendarText(event.text)}`] : []),
  ...(event.cancelled ? ['STATUS:CANCELLED'] : ['TRANSP:TRANSPARENT']),
  ...(event.alarm && !event.cancelled ? writeAlarm(event.alarm, event) : []),
  'END:VEVENT',
];

/** Minutes from 1970 to 2026: keeps the revision number small. */
const FIRST_MINUTE = 29_453_760;

/** An alarm some hours before or after the start of the day: said from the event, so that it stays right in any zone. */
const writeAlarm = (alarm: Temporal.PlainDateTime, { start, title }: CalendarEvent): string[] => {
  const { sign, days, hours, minutes } = start
    .toPlainDateTime()
    .until(alarm, { largestUnit: 'day', smallestUnit: 'minute' });
  const distance = `P${Math.abs(days)}DT${Math.abs(hours)}H${Math.abs(minutes)}M`;
  return [
    'BEGIN:VALARM',
    'ACTION:DISPLAY',
    `DESCRIPTION:${calendarText(title)}`,
    `TRIGGER:${sign < 0 ? '-' : ''}${distance}`,
    'END:VALARM',
  ];
};
