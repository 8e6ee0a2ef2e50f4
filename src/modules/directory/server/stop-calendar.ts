import type { Context } from '#platform/server/context.ts';
import type { ShownOffer } from '../offer.ts';
import type { Recipe } from '../timetable.ts';
import { visits } from './compile-hours.ts';
import './tables.ts';

/** Half a year of visits: what agendas keep without asking again. */
const DAYS = 180;

/**
 * The visits of a stop as a calendar (RFC 5545), one event each, in UTC so that no agenda can be wrong about the zone.
 * Undefined when the offer is no stop, or has no dates.
 */
export const stopCalendar = async (context: Context, offerId: number): Promise<string | undefined> => {
  const row = await context.db
    .selectFrom('offer')
    .innerJoin('timetable', 'timetable.id', 'offer.timetable_id')
    .select(['offer.shown', 'offer.time_zone', 'timetable.recipe', 'timetable.trouble'])
    .where('offer.id', '=', offerId)
    .where('offer.gone', '=', false)
    .where('offer.stop_id', 'is not', null)
    .executeTakeFirst();
  if (!row || row.trouble !== null) return undefined;
  // Both written by this module alone.
  const recipe = row.recipe as Recipe;
  const offer = JSON.parse(row.shown) as ShownOffer;
  if (recipe.kind !== 'dates') return undefined;
  const now = context.clock.now();
  const today = now.toZonedDateTimeISO(row.time_zone).toPlainDate();
  const events = visits(recipe, today, today.add({ days: DAYS })).map((visit) => {
    const start = visit.toZonedDateTime(row.time_zone).toInstant();
    return [
      'BEGIN:VEVENT',
      `UID:stop-${offerId}-${visit.toPlainDate()}@mille-jours`,
      `DTSTAMP:${utc(now)}`,
      `DTSTART:${utc(start)}`,
      `DTEND:${utc(start.add({ minutes: recipe.minutes }))}`,
      `SUMMARY:${escaped(`${offer.tour?.name ?? offer.name} : ${offer.tour?.stop ?? ''}`)}`,
      `LOCATION:${escaped([offer.place?.address, offer.place?.postcode, offer.place?.commune].filter(Boolean).join(' '))}`,
      'END:VEVENT',
    ];
  });
  const lines = [
    ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Mille jours//FR', 'METHOD:PUBLISH'],
    ...events.flat(),
    'END:VCALENDAR',
  ];
  return `${lines.map(folded).join('\r\n')}\r\n`;
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
