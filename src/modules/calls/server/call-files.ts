import { type TimedEvent, timedCalendar } from '#platform/calendar-file.ts';
import type { Context } from '#platform/server/context.ts';
import { deadlineWords } from '../calendar.ts';
import { agencyWords } from '../call-kind.ts';
import { placeOf } from './call-view.ts';
import type { PublicCall } from './public-calls.ts';

/** The opening and the closing of published calls, as a calendar to add or to follow. */
export const callsCalendar = (
  context: Context,
  calls: readonly Pick<PublicCall, 'call' | 'title'>[],
  origin: string,
): string =>
  timedCalendar(
    calls.flatMap(({ call, title }) =>
      call.calendar ? deadlines(call.slug, title, call.calendar, origin, call.status === 'cancelled') : [],
    ),
    context.clock.now(),
    'Appels à projets des 1000 premiers jours',
  );

const deadlines = (
  slug: string,
  title: string,
  { opensAt, closesAt }: { readonly opensAt: string; readonly closesAt: string },
  origin: string,
  cancelled: boolean,
): TimedEvent[] => {
  const url = `${origin}/appels/${slug}`;
  const common = { minutes: 0, text: url, url, cancelled };
  return [
    {
      ...common,
      uid: `appel-${slug}-ouverture@mille-jours`,
      start: Temporal.Instant.from(opensAt),
      title: `Ouverture : ${title}`,
    },
    {
      ...common,
      uid: `appel-${slug}-limite@mille-jours`,
      start: Temporal.Instant.from(closesAt),
      title: `Limite de dépôt : ${title}`,
    },
  ];
};

/** Published calls as an Atom feed (RFC 4287). */
export const callsFeed = (context: Context, calls: readonly PublicCall[], origin: string): string => {
  const updated =
    calls
      .map(({ changedAt }) => changedAt)
      .toSorted(Temporal.Instant.compare)
      .at(-1) ?? '1970-01-01T00:00:00Z';
  const entries = calls.map(({ call, title, changedAt }) => {
    const page = `${origin}/appels/${call.slug}`;
    const where = placeOf(context, call.territory);
    const said = [
      call.agencies.map((agency) => agencyWords[agency]).join(' et '),
      call.status === 'cancelled'
        ? 'Appel annulé'
        : call.results?.notifiedAt
          ? 'Résultats connus'
          : call.calendar &&
            `Limite de dépôt : ${deadlineWords(call.calendar.closesAt, call.calendar.zone, where.locative)}`,
    ];
    return (
      `<entry><id>${page}</id><title>${escaped(title)}</title><link href="${page}"/><updated>${changedAt}</updated>` +
      `<author><name>${escaped(where.name)}</name></author><summary>${escaped(said.filter(Boolean).join('. '))}</summary></entry>`
    );
  });
  return (
    `<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr"><id>${origin}/appels</id>` +
    `<title>Appels à projets des 1000 premiers jours</title><updated>${updated}</updated>` +
    `<link rel="self" href="${origin}/appels/flux.xml"/>\n${entries.join('\n')}\n</feed>\n`
  );
};

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
