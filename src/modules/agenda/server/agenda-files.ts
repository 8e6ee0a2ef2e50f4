import { agenda as words } from '#messages/fr/agenda.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { type TimedEvent, timedCalendar } from '#platform/calendar-file.ts';
import type { Context } from '#platform/server/context.ts';
import { readAddress } from './agenda-view.ts';
import { findEvents } from './find-events.ts';
import { type EventRow, readEvents } from './read-events.ts';

/** Dates of one calendar or feed. */
const MOST = 300;

/**
 * One date as a calendar event. Its title says nothing unless `titled`: an agenda shows it on a lock screen.
 */
const timedEvent = (event: EventRow, origin: string, titled: boolean): TimedEvent => ({
  uid: `agenda-${event.id}@mille-jours`,
  start: Temporal.Instant.from(event.startsAt),
  minutes: event.minutes,
  title: titled ? event.title : words.event.neutralTitle,
  ...(titled && event.fields.summary ? { text: event.fields.summary } : {}),
  place: event.fields.mode === 'domicile' || event.fields.mode === 'visio' ? '' : event.where,
  // The name in the address says what it is about.
  ...(titled ? { url: `${origin}${event.page}` } : {}),
  cancelled: event.cancelled,
});

/** The calendar of one date, to add. */
export const eventCalendar = (context: Context, event: EventRow, origin: string, titled: boolean): string =>
  timedCalendar([timedEvent(event, origin, titled)], context.clock.now());

/** The dates of a search of the agenda, as the page’s address says it: for a calendar or a feed to follow. */
export const followedEvents = async (context: Context, given: URLSearchParams): Promise<EventRow[]> => {
  const { request } = readAddress(context.indexes.get(territoryIndex), given);
  const found = findEvents(context, { ...request, limit: MOST });
  return found.ok
    ? readEvents(
        context,
        found.value.hits.map(({ occurrence }) => occurrence),
      )
    : [];
};

/** That list as a calendar to subscribe to. */
export const agendaCalendar = (
  context: Context,
  events: readonly EventRow[],
  origin: string,
  titled: boolean,
): string =>
  timedCalendar(
    events.map((event) => timedEvent(event, origin, titled)),
    context.clock.now(),
    titled ? 'Agenda des 1000 premiers jours' : 'Rendez-vous',
  );

/** And as an Atom feed (RFC 4287). */
export const agendaFeed = (context: Context, events: readonly EventRow[], origin: string, self: string): string => {
  const updated = context.clock.now().round('second').toString();
  const entries = events.map(
    (event) =>
      `<entry><id>${origin}${event.page}</id><title>${escaped(`${event.dayWords}, ${event.hours} : ${event.title}`)}</title>` +
      `<link href="${origin}${event.page}"/><updated>${updated}</updated><author><name>${escaped(event.organiser)}</name></author>` +
      `<summary>${escaped([event.where, event.fields.summary].filter(Boolean).join('. '))}</summary></entry>`,
  );
  return (
    `<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr"><id>${escaped(self)}</id>` +
    `<title>Agenda des 1000 premiers jours</title><updated>${updated}</updated><link rel="self" href="${escaped(self)}"/>\n${entries.join('\n')}\n</feed>\n`
  );
};

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
