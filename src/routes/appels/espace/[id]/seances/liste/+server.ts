import { error } from '@sveltejs/kit';
import { issueOf } from '#modules/calls/index.ts';
import { type SessionLine, sessionLines } from '#modules/calls/server/index.ts';
import { type ListColumn, listFormat, listResponse } from '#platform/server/lists/list.ts';
import { openSelection } from '../../open-selection.ts';
import { itemWords, sessionWords } from '../words.ts';

/** The sessions of a jury, point after point, as a file: without the points from which the person is recused. */
export const GET = async ({ locals, url, params }) => {
  const format = listFormat(url.searchParams.get('format'));
  const place = await openSelection(locals, url, params.id);
  const lines = place.open ? await sessionLines(place.context, params.id) : undefined;
  if (!format || !place.open || !lines) error(404, 'Cette liste n’existe pas, ou n’est pas ouverte pour vous.');
  const { title, zone, context, dayOf } = place;
  const columns: readonly ListColumn<SessionLine>[] = [
    { title: 'Séance', kind: 'moment', of: ({ at }) => at.toZonedDateTimeISO(zone) },
    { title: 'Lieu', kind: 'text', of: (line) => line.place },
    { title: 'État', kind: 'text', of: ({ status }) => sessionWords[status] },
    { title: 'Candidature', kind: 'number', of: ({ point }) => point?.number ?? null },
    { title: 'Projet', kind: 'text', of: ({ point }) => point?.title ?? '' },
    { title: 'Point', kind: 'text', of: ({ point }) => (point ? itemWords[point.status] : '') },
    {
      ...{ title: 'Proposition', kind: 'text' },
      of: ({ point }) => (point?.outcome ? issueOf(point.outcome.issue).words : ''),
    },
    { title: 'Montant', kind: 'cents', of: ({ point }) => (point?.outcome ? point.cents : null) },
    { title: 'Pour', kind: 'number', of: ({ point }) => point?.votes?.for ?? null },
    { title: 'Contre', kind: 'number', of: ({ point }) => point?.votes?.against ?? null },
    { title: 'Abstentions', kind: 'number', of: ({ point }) => point?.votes?.abstains ?? null },
    { title: 'Réserves et motif', kind: 'text', of: ({ point }) => point?.words ?? '' },
  ];
  return listResponse(
    {
      title: `Séances du jury : ${title}`,
      subject: 'Les séances et leurs points, tels que la personne qui emporte cette liste peut les lire.',
      ...{ file: 'seances', columns, rows: lines, madeOn: dayOf(context.clock.now()) },
    },
    format,
  );
};
