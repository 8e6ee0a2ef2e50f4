/** One event of a calendar file, at a moment. */
export interface TimedEvent {
  /** Stable: a second import of the same event updates it. */
  readonly uid: string;
  readonly start: Temporal.Instant;
  readonly minutes: number;
  readonly title: string;
  readonly text?: string;
  readonly place?: string;
  readonly url?: string;
  readonly cancelled?: boolean;
  /** How long before its start a telephone reminds of it. */
  readonly remindHours?: number | undefined;
}

/**
 * A calendar file (RFC 5545), the earliest first, in UTC so that no agenda can be wrong about the zone. `name`: how an
 * agenda that subscribes calls it.
 */
export const timedCalendar = (events: readonly TimedEvent[], madeAt: Temporal.Instant, name?: string): string =>
  calendarFile(
    ['METHOD:PUBLISH', ...(name === undefined ? [] : [`X-WR-CALNAME:${calendarText(name)}`])],
    events.toSorted((one, other) => Temporal.Instant.compare(one.start, other.start)).flatMap(linesOf(madeAt)),
  );

/** The file itself, from the properties of the calendar and the lines of its events. Also made in a browser. */
export const calendarFile = (properties: readonly string[], events: readonly string[]): string =>
  [
    ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Mille jours//FR'],
    ...[...properties, ...events, 'END:VCALENDAR', ''],
  ]
    .map(folded)
    .join('\r\n');

/** A moment as calendars write it: `20261121T083000Z`. */
export const calendarTime = (instant: Temporal.Instant): string =>
  instant.round('second').toString({ fractionalSecondDigits: 0 }).replace(/[-:]/g, '');

/** A day as calendars write it: `20261121`. */
export const calendarDay = (day: Temporal.PlainDate): string => day.toString().replaceAll('-', '');

/** A text as calendars write it (RFC 5545, 3.3.11): a lone return, too, is a new line. */
export const calendarText = (text: string): string =>
  text.replace(/[\\;,]/g, (sign) => `\\${sign}`).replace(/\r\n?|\n/g, '\\n');

const linesOf =
  (madeAt: Temporal.Instant) =>
  (event: TimedEvent): string[] => [
    'BEGIN:VEVENT',
    `UID:${event.uid}`,
    `DTSTAMP:${calendarTime(madeAt)}`,
    `DTSTART:${calendarTime(event.start)}`,
    `DTEND:${calendarTime(event.start.add({ minutes: event.minutes }))}`,
    `SUMMARY:${calendarText(event.title)}`,
    ...(event.text ? [`DESCRIPTION:${calendarText(event.text)}`] : []),
    ...(event.place === undefined ? [] : [`LOCATION:${calendarText(event.place)}`]),
    ...(event.url ? [`URL:${event.url}`] : []),
    ...(event.cancelled ? ['STATUS:CANCELLED'] : []),
    ...(event.remindHours === undefined || event.cancelled ? [] : alarm(event.title, event.remindHours)),
    'END:VEVENT',
  ];

const alarm = (title: string, hours: number): string[] => [
  ...['BEGIN:VALARM', 'ACTION:DISPLAY', `DESCRIPTION:${calendarText(title)}`, `TRIGGER:-PT${hours}H`, 'END:VALARM'],
];

/** Lines of at most 75 bytes; what goes on begins with a space. Never cut inside a letter. */
const folded = (line: string): string => {
  const parts: string[] = [];
  let [part, size] = ['', 0];
  for (const letter of line) {
    const bytes = new TextEncoder().encode(letter).length;
    if (size + bytes > 75) {
      parts.push(part);
      // The space that begins the next line is one of its bytes.
      [part, size] = ['', 1];
    }
    part += letter;
    size += bytes;
  }
  return [...parts, part].join('\r\n ');
};
