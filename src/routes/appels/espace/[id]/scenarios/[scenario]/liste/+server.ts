import { error } from '@sveltejs/kit';
import { keyOf } from '#modules/calls/index.ts';
import { candidatesOf, ranksOf, scenariosOf } from '#modules/calls/server/index.ts';
import { type ListColumn, listFormat, listResponse } from '#platform/server/lists/list.ts';
import { lineName } from '../../../line-uses.ts';
import { openSelection } from '../../../open-selection.ts';

type Candidate = Awaited<ReturnType<typeof candidatesOf>>[number];

/** What a scenario takes, as a file: without what the person is recused from. */
export const GET = async ({ locals, url, params }) => {
  const format = listFormat(url.searchParams.get('format'));
  const place = await openSelection(locals, url, params.id);
  const scenario = place.open
    ? (await scenariosOf(place.context, params.id, place.access)).find(({ id }) => id === params.scenario)
    : undefined;
  if (!format || !place.open || !scenario) error(404, 'Cette liste n’existe pas, ou n’est pas ouverte pour vous.');
  const { call, context, access, dayOf } = place;
  const candidates = await candidatesOf(context, params.id, access, await ranksOf(context, params.id));
  const columns: readonly ListColumn<Candidate>[] = [
    { title: 'Rang', kind: 'number', of: ({ rank }) => rank ?? null },
    { title: 'Numéro', kind: 'number', of: ({ number }) => number },
    { title: 'Projet', kind: 'text', of: ({ title }) => title },
    { title: 'Porteur', kind: 'text', of: ({ holder }) => holder },
    { title: 'Statut du porteur', kind: 'text', of: ({ holderKind }) => holderKind },
    { title: 'Axes', kind: 'text', of: ({ axes }) => axes.join(', ') },
    { title: 'Demandé', kind: 'cents', of: ({ askedCents }) => askedCents },
    ...call.money.envelopes.map((envelope, at) => ({
      ...{ title: lineName(envelope), kind: 'cents' as const },
      of: ({ id }: Candidate) => scenario.given.get(id)?.[keyOf(envelope, at)] ?? 0,
    })),
  ];
  return listResponse(
    {
      ...{ title: `Scénario : ${scenario.name}`, subject: 'Une répartition imaginée : elle ne décide de rien.' },
      ...{ file: `scenario-${call.slug}`, columns, rows: candidates.filter(({ id }) => scenario.given.has(id)) },
      madeOn: dayOf(context.clock.now()),
    },
    format,
  );
};
