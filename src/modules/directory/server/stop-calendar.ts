import type { Context } from '#platform/server/context.ts';
import type { ShownOffer } from '../offer.ts';
import type { Recipe } from '../timetable.ts';
import { visits } from './compile-hours.ts';
import './tables.ts';

/** Half a year of visits: what agendas keep without asking again. */
const DAYS = 180;

/**
 * The visits of a stop as a calendar (RFC 5545), one event each, in UTC so that no agenda can be wrong about the zone. A
 * stop visited morning and afternoon is several rows, and one calendar. Undefined when the offer is no stop, or has no
 * dates.
 */
export const stopCalendar = async (context: Context, offerId: number): Promise<string | undefined> => {
  const now = context.clock.now();
  const events = (await visitsOfStop(context, offerId)).flatMap(({ id, shown, time_zone, recipe, trouble }) => {
    // Both written by this module alone.
    const told = recipe as Recipe;
    const offer = JSON.parse(shown) as ShownOffer;
    if (trouble !== null || told.kind !== 'dates') return [];
    const today = now.toZonedDateTimeISO(time_zone).toPlainDate();
    return visits(told, today, today.add({ days: DAYS })).map((visit) => {
      const start = visit.toZonedDateTime(time_zone).toInstant();
      return {
        start,
        lines: [
          'BEGIN:VEVENT',
          `UID:stop-${id}-${visit.toPlainDate()}@mille-jours`,
          `DTSTAMP:${utc(now)}`,
          `DTSTART:${utc(start)}`,
          `DTEND:${utc(start.add({ minutes: told.minutes }))}`,
          `SUMMARY:${escaped(`${offer.tour?.name ?? offer.name} : ${offer.tour?.stop ?? ''}`)}`,
          `LOCATION:${escaped([offer.place?.address, offer.place?.postcode, offer.place?.commune].filter(Boolean).join(' '))}`,
          'END:VEVENT',
        ],
      };
    });
  });
  if (events.length === 0) return undefined;
  events.sort((one, other) => Temporal.Instant.compare(one.start, other.start));
  const lines = [
    ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Mille jours//FR', 'METHOD:PUBLISH'],
    ...events.flatMap((event) => event.lines),
    'END:VCALENDAR',
  ];
  return `${lines.map(folded).join('\r\n')}\r\n`;
};

/** The rows of the stop that an offer is of: the same service, at the same place of the same tour. */
const visitsOfStop = async ({ db }: Context, offerId: number) => {
  const asked = await db
    .selectFrom('offer')
    .innerJoin('tour_stop', 'tour_stop.id', 'offer.stop_id')
    .select(['offer.service_id', 'tour_stop.tour_id', 'tour_stop.label', 'tour_stop.insee', 'tour_stop.line'])
    .where('offer.id', '=', offerId)
    .where('offer.gone', '=', false)
    .executeTakeFirst();
  if (!asked) return [];
  return db
    .selectFrom('offer')
    .innerJoin('tour_stop', 'tour_stop.id', 'offer.stop_id')
    .innerJoin('timetable', 'timetable.id', 'offer.timetable_id')
    .select(['offer.id', 'offer.shown', 'offer.time_zone', 'timetable.recipe', 'timetable.trouble'])
    .where('offer.service_id', '=', asked.service_id)
    .where('offer.gone', '=', false)
    .where('tour_stop.tour_id', '=', asked.tour_id)
    .where('tour_stop.label', '=', asked.label)
    .where('tour_stop.insee', 'is not distinct from', asked.insee)
    .where('tour_stop.line', 'is not distinct from', asked.line)
    .orderBy('offer.id')
    .limit(50)
    .execute();
};

const utc = (instant: Temporal.Instant): string => instant.round('second').toString().replace(/[-:]/g, '');

const escaped = (text: string): string => text.replace(/[\\;,]/g, (sign) => `\\${sign}`).replace(/\r?\n/g, '\\n');

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
