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
export const timedCalendar = (events: readonly TimedEvent[], madeAt: Temporal.Instant, name?: string): string => {
  const lines = [
    ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Mille jours//FR', 'METHOD:PUBLISH'],
    ...(name === undefined ? [] : [`X-WR-CALNAME:${escaped(name)}`]),
    ...events.toSorted((one, other) => Temporal.Instant.compare(one.start, other.start)).flatMap(linesOf(madeAt)),
    'END:VCALENDAR',
  ];
  return `${lines.map(folded).join('\r\n')}\r\n`;
};

const linesOf =
  (madeAt: Temporal.Instant) =>
  (event: TimedEvent): string[] => [
    'BEGIN:VEVENT',
    `UID:${event.uid}`,
    `DTSTAMP:${utc(madeAt)}`,
    `DTSTART:${utc(event.start)}`,
    `DTEND:${utc(event.start.add({ minutes: event.minutes }))}`,
    `SUMMARY:${escaped(event.title)}`,
    ...(event.text ? [`DESCRIPTION:${escaped(event.text)}`] : []),
    ...(event.place === undefined ? [] : [`LOCATION:${escaped(event.place)}`]),
    ...(event.url ? [`URL:${event.url}`] : []),
    ...(event.cancelled ? ['STATUS:CANCELLED'] : []),
    ...(event.remindHours === undefined || event.cancelled ? [] : alarm(event.title, event.remindHours)),
    'END:VEVENT',
  ];

const alarm = (title: string, hours: number): string[] => [
  ...['BEGIN:VALARM', 'ACTION:DISPLAY', `DESCRIPTION:${escaped(title)}`, `TRIGGER:-PT${hours}H`, 'END:VALARM'],
];

const utc = (instant: Temporal.Instant): string =>
  instant.round('second').toString({ fractionalSecondDigits: 0 }).replace(/[-:]/g, '');

const escaped = (text: string): string => text.replace(/[\\;,]/g, (sign) => `\\${sign}`).replace(/\r\n?|\n/g, '\\n');

/** Lines of at most 75 bytes; what goes on begins with a space. Never cut inside a letter. */
const folded = (line: string): string => {
  const parts: string[] = [];
  let part = '';
  for (const letter of line) {
    if (Buffer.byteLength(part + letter) > (parts.length === 0 ? 75 : 74)) {
      parts.push(part);
      part = '';
    }
    part += letter;
  }
  return [...parts, part].join('\r\n ');
};
