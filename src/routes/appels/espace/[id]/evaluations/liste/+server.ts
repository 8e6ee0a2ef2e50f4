import { error } from '@sveltejs/kit';
import { formatDay } from '#messages/format.ts';
import { evaluationsView, titleOfCall } from '#modules/calls/server/index.ts';
import { dayAt } from '#platform/clock.ts';
import { requirePerson } from '#platform/server/identity/require-person.ts';
import { type ListColumn, listFormat, listResponse } from '#platform/server/lists/list.ts';
import { statusWords } from '../../candidatures/words.ts';
import { evaluationWords } from '../average.ts';

type View = Awaited<ReturnType<typeof evaluationsView>>;
type File = Extract<View, { readonly files: unknown }>['files'][number];

/** Who evaluates what, as a file: for who shares the files out, without those that they are recused from, nor any mark. */
export const GET = async ({ locals, url, params }) => {
  const format = listFormat(url.searchParams.get('format'));
  const context = requirePerson(locals.context, url);
  const view = await evaluationsView(context, params.id, { take: 100_000 });
  if (!format || !view.access.open || !('files' in view) || !view.leads)
    error(404, 'Cette liste n’existe pas, ou n’est pas ouverte pour vous.');
  const columns: readonly ListColumn<File>[] = [
    { title: 'Numéro', kind: 'number', of: ({ number }) => number },
    { title: 'Projet', kind: 'text', of: ({ title }) => title },
    { title: 'Porteur', kind: 'text', of: ({ holder }) => holder },
    { title: 'État', kind: 'text', of: ({ status }) => statusWords[status] },
    {
      title: 'Confiée à',
      kind: 'text',
      of: ({ evaluators }) =>
        evaluators
          .map(({ name, status }) => `${name} (${evaluationWords[status as keyof typeof evaluationWords]})`)
          .join(', '),
    },
    {
      title: 'Évaluations remises',
      kind: 'number',
      of: ({ evaluators }) => evaluators.filter(({ status }) => status === 'submitted').length,
    },
    { title: 'Évaluations confiées', kind: 'number', of: ({ evaluators }) => evaluators.length },
    { title: 'Voix délibératives sans déport', kind: 'number', of: ({ voices }) => voices },
  ];
  return listResponse(
    {
      title: `Qui évalue quoi : ${await titleOfCall(context, params.id)}`,
      subject: 'Les candidatures et les personnes à qui elles sont confiées. Aucune note n’y est.',
      ...{ file: 'evaluations', columns, rows: view.files },
      madeOn: formatDay('fr', dayAt(context.clock.now(), 'Europe/Paris').toString()),
    },
    format,
  );
};
