import { calendarDay, calendarFile, calendarText, calendarTime } from '#platform/calendar-file.ts';

/**
 * A reminder in two weeks, as a calendar file made on the device. Its title and its file say nothing of health, because a
 * calendar is often shared and shown on a locked screen. `uid` is random; the hour has no zone: ten o'clock where one is.
 */
export const reminderInTwoWeeks = ({
  today,
  now,
  uid,
  title,
}: {
  readonly today: Temporal.PlainDate;
  readonly now: Temporal.Instant;
  readonly uid: string;
  readonly title: string;
}): string =>
  calendarFile(
    [],
    [
      ...['BEGIN:VEVENT', `UID:${uid}`, `DTSTAMP:${calendarTime(now)}`],
      ...[`DTSTART:${calendarDay(today.add({ weeks: 2 }))}T100000`, 'DURATION:PT15M'],
      ...[`SUMMARY:${calendarText(title)}`, 'CLASS:PRIVATE', 'TRANSP:TRANSPARENT'],
      ...['BEGIN:VALARM', 'ACTION:DISPLAY', `DESCRIPTION:${calendarText(title)}`, 'TRIGGER:PT0S', 'END:VALARM'],
      'END:VEVENT',
    ],
  );
