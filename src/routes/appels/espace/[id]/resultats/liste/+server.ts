import { error } from '@sveltejs/kit';
import { issueOf, keyOf } from '#modules/calls/index.ts';
import { type ResultLine, resultsView } from '#modules/calls/server/index.ts';
import { type ListColumn, listFormat, listResponse } from '#platform/server/lists/list.ts';
import { lineName } from '../../line-uses.ts';
import { openSelection } from '../../open-selection.ts';
import { decisionSaid } from '../words.ts';

/** The decisions of a call as a file: what the page shows, without what the person is recused from. */
export const GET = async ({ locals, url, params }) => {
  const format = listFormat(url.searchParams.get('format'));
  const place = await openSelection(locals, url, params.id);
  const view = place.open ? await resultsView(place.context, params.id, place.call) : undefined;
  if (!format || !place.open || !view?.open) error(404, 'Cette liste n’existe pas, ou n’est pas ouverte pour vous.');
  const { call, title, context, dayOf } = place;
  const columns: readonly ListColumn<ResultLine>[] = [
    { title: 'Numéro', kind: 'number', of: ({ number }) => number },
    { title: 'Projet', kind: 'text', of: (line) => line.title },
    { title: 'Porteur', kind: 'text', of: ({ holder }) => holder },
    { title: 'Demandé', kind: 'cents', of: ({ askedCents }) => askedCents },
    {
      title: 'Issue',
      kind: 'text',
      of: ({ decision }) => (decision.ruling ? issueOf(decision.ruling.issue).words : ''),
    },
    { title: 'Rang', kind: 'number', of: ({ decision }) => decision.ruling?.rank ?? null },
    ...call.money.envelopes.map((envelope, at) => ({
      ...{ title: lineName(envelope), kind: 'cents' as const },
      of: ({ decision }: ResultLine) => decision.ruling?.amounts[keyOf(envelope, at)] ?? 0,
    })),
    {
      title: 'Où elle en est',
      kind: 'text',
      of: ({ status, decision, signed }) => decisionSaid(status, decision, signed),
    },
  ];
  return listResponse(
    {
      ...{
        title: `Décisions : ${title}`,
        subject: 'Les décisions, telles que la personne qui les emporte peut les lire.',
      },
      ...{ file: `decisions-${call.slug}`, columns, rows: view.lines, madeOn: dayOf(context.clock.now()) },
    },
    format,
  );
};
