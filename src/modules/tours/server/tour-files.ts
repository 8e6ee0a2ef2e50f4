import { stopPath } from '#modules/directory/index.ts';
import { timedCalendar } from '#platform/calendar-file.ts';
import type { Context } from '#platform/server/context.ts';
import { comingVisits, daysAhead, type Round } from './public-views.ts';

/** Visits of one calendar or feed. */
const MOST = 300;

/**
 * The coming visits of a round, or of one stop (`stops` of the round), as a calendar (RFC 5545). Titles say nothing unless
 * `titled`. `remindHours`: a telephone reminds of each, that long before; the file is all there is to it.
 */
export const roundCalendar = (
  context: Context,
  round: Round,
  { origin, titled, remindHours }: { readonly origin: string; readonly titled: boolean; readonly remindHours?: number },
): string => {
  const visits = comingVisits(context, round, daysAhead.stop).slice(0, MOST);
  return timedCalendar(
    visits.map(({ of, visit, at, where, href, changed }) => ({
      uid: `visit-${of.id}-${visit.start.toPlainDate()}@mille-jours`,
      start: at,
      minutes: visit.minutes,
      title: titled ? `${round.tour.name} : ${of.label}` : 'Passage',
      ...(changed ? { text: changed } : {}),
      place: where,
      ...(titled ? { url: `${origin}${href}` } : {}),
      cancelled: visit.state !== 'planned',
      remindHours,
    })),
    context.clock.now(),
    titled ? round.tour.name : 'Passages',
  );
};

/** The same as an Atom feed (RFC 4287): each visit is an entry, and another one once it has changed. */
export const roundFeed = (context: Context, round: Round, origin: string, self: string): string => {
  const updated = context.clock.now().round('second').toString();
  const entries = comingVisits(context, round, daysAhead.vehicle)
    .slice(0, MOST)
    .map(({ of, on, day, hours, label, where, state, changed }) => {
      const page = `${origin}${stopPath(round.tour, of.id)}`;
      return (
        `<entry><id>${page}#${on}${state === 'planned' ? '' : `-${state}`}</id>` +
        `<title>${escaped(`${changed ? `${changed} ` : ''}${day}, ${hours} : ${label}`)}</title>` +
        `<link href="${page}"/><updated>${updated}</updated><summary>${escaped(where)}</summary></entry>`
      );
    });
  return (
    `<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr"><id>${escaped(self)}</id>` +
    `<title>${escaped(round.tour.name)}</title><author><name>${escaped(round.tour.organisation ?? 'Mille jours')}</name></author>` +
    `<updated>${updated}</updated><link rel="self" href="${escaped(self)}"/>\n${entries.join('\n')}\n</feed>\n`
  );
};

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
