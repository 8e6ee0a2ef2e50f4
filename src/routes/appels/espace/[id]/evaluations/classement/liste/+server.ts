import { error } from '@sveltejs/kit';
import { formatDay } from '#messages/format.ts';
import { formatCents, withinEnd } from '#modules/calls/index.ts';
import { type RankingLine, rankingView, titleOfCall } from '#modules/calls/server/index.ts';
import { dayAt } from '#platform/clock.ts';
import { requirePerson } from '#platform/server/identity/require-person.ts';
import { type ListColumn, listFormat, listResponse } from '#platform/server/lists/list.ts';
import { statusWords } from '../../../candidatures/words.ts';
import { endName, withinWords } from '../envelope-words.ts';

/** The ranking that one sees, as a file: the same lines, the same marks, the same silence on the others. */
export const GET = async ({ locals, url, params }) => {
  const context = requirePerson(locals.context, url);
  const format = listFormat(url.searchParams.get('format'));
  const view = await rankingView(context, params.id);
  if (!format || !view) error(404, 'Ce classement n’existe pas, ou n’est pas ouvert pour vous.');
  const columns: readonly ListColumn<RankingLine>[] = [
    { title: 'Rang', kind: 'number', of: ({ rank }) => rank ?? null },
    { title: 'Ex æquo', kind: 'text', of: ({ tied }) => (tied ? 'oui' : '') },
    { title: 'Numéro', kind: 'number', of: ({ number }) => number },
    { title: 'Projet', kind: 'text', of: ({ title }) => title },
    { title: 'Porteur', kind: 'text', of: ({ holder }) => holder },
    { title: 'État', kind: 'text', of: ({ status }) => statusWords[status] },
    {
      title: 'Moyenne',
      kind: 'number',
      of: ({ average }) => (average ? Math.round((average.sum * 100) / average.count) / 100 : null),
    },
    { title: 'Sur', kind: 'number', of: ({ average }) => (average ? view.most : null) },
    { title: 'Plus basse', kind: 'number', of: ({ average }) => average?.least ?? null },
    { title: 'Plus haute', kind: 'number', of: ({ average }) => average?.most ?? null },
    { title: 'Évaluations remises', kind: 'number', of: ({ submitted }) => submitted },
    { title: 'Évaluations confiées', kind: 'number', of: ({ assigned }) => assigned },
    { title: 'Avis donnés', kind: 'number', of: ({ opinions }) => opinions.given },
    { title: 'Avis demandés', kind: 'number', of: ({ opinions }) => opinions.asked },
    { title: 'Demandé', kind: 'cents', of: ({ asked_cents }) => asked_cents },
    {
      title: 'Demandé jusqu’à ce rang',
      kind: 'cents',
      of: ({ rank }) => (rank === undefined ? null : (view.cumulated.downTo.get(rank) ?? 0)),
    },
    ...view.cumulated.ends.map((end) => ({
      ...{ title: `Tient dans ${endName(end)} (${formatCents(end.total)})`, kind: 'text' as const },
      of: ({ rank }: RankingLine) => {
        const within = withinEnd(end, rank);
        return within ? withinWords[within] : '';
      },
    })),
    { title: 'Axes', kind: 'text', of: ({ axes }) => axes.join(', ') },
  ];
  return listResponse(
    {
      title: `Classement : ${await titleOfCall(context, params.id)}`,
      subject: 'Le classement, tel que la personne qui l’emporte peut le lire. Il ne décide rien.',
      ...{ file: 'classement', columns, rows: view.lines },
      madeOn: formatDay('fr', dayAt(context.clock.now(), 'Europe/Paris').toString()),
    },
    format,
  );
};
