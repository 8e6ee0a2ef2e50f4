import { error } from '@sveltejs/kit';
import { formatDay } from '#messages/format.ts';
import { opinionViews } from '#modules/calls/index.ts';
import { opinionsView, titleOfCall } from '#modules/calls/server/index.ts';
import { dayAt } from '#platform/clock.ts';
import { requirePerson } from '#platform/server/identity/require-person.ts';
import { type ListColumn, listFormat, listResponse } from '#platform/server/lists/list.ts';
import { opinionWords } from '../words.ts';

type Line = Extract<Awaited<ReturnType<typeof opinionsView>>, { opinions: unknown }>['opinions'][number];

/** The opinions asked outside the jury, as their page shows them to whoever instructs or presides. */
export const GET = async ({ locals, url, params }) => {
  const context = requirePerson(locals.context, url);
  const format = listFormat(url.searchParams.get('format'));
  const view = await opinionsView(context, params.id);
  if (!format || !('opinions' in view)) error(404, 'Cette liste n’existe pas, ou n’est pas ouverte pour vous.');
  return listResponse(
    {
      title: `Avis extérieurs : ${await titleOfCall(context, params.id)}`,
      subject: 'Les avis demandés hors du jury, tels que la personne qui emporte cette liste peut les lire.',
      ...{ file: 'avis-exterieurs', columns, rows: view.opinions },
      madeOn: formatDay('fr', dayAt(context.clock.now(), 'Europe/Paris').toString()),
    },
    format,
  );
};

const columns: readonly ListColumn<Line>[] = [
  { title: 'Candidature', kind: 'number', of: ({ number }) => number },
  { title: 'Projet', kind: 'text', of: ({ title }) => title },
  { title: 'Demandé à', kind: 'text', of: ({ email }) => email || 'Compte effacé' },
  { title: 'Montré', kind: 'text', of: ({ shown }) => opinionViews[shown] },
  { title: 'Confidentiel', kind: 'text', of: ({ confidential }) => (confidential ? 'oui' : 'non') },
  { title: 'Où il en est', kind: 'text', of: ({ status }) => opinionWords[status] },
  { title: 'Jusqu’au', kind: 'day', of: ({ lastDay }) => Temporal.PlainDate.from(lastDay) },
];
