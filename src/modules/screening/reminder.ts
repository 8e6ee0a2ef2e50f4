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
}): string => {
  const day = today.add({ weeks: 2 }).toString().replaceAll('-', '');
  const stamp = now.round('second').toString().replace(/[-:]/g, '');
  return [
    ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Mille jours//FR', 'BEGIN:VEVENT'],
    ...[`UID:${uid}`, `DTSTAMP:${stamp}`, `DTSTART:${day}T100000`, 'DURATION:PT15M'],
    ...[`SUMMARY:${escaped(title)}`, 'CLASS:PRIVATE', 'TRANSP:TRANSPARENT'],
    ...['BEGIN:VALARM', 'ACTION:DISPLAY', `DESCRIPTION:${escaped(title)}`, 'TRIGGER:PT0S', 'END:VALARM'],
    ...['END:VEVENT', 'END:VCALENDAR', ''],
  ].join('\r\n');
};

/** RFC 5545 §3.3.11. */
const escaped = (text: string): string => text.replace(/[\\;,]/g, (sign) => `\\${sign}`).replaceAll('\n', '\\n');
