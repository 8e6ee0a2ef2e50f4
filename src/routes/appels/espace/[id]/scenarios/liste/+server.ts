import { error } from '@sveltejs/kit';
import type { ScenarioTotals } from '#modules/calls/index.ts';
import { type ListColumn, listFormat, listResponse } from '#platform/server/lists/list.ts';
import { openSelection } from '../../open-selection.ts';
import { comparedScenarios, usesSaid } from '../compared.ts';

/** One line of the comparison: what is counted, and of each scenario how many projects and how much money. */
interface Line {
  readonly what: string;
  readonly detail: string;
  readonly of: (scenario: ScenarioTotals) => { readonly count: number | null; readonly cents: number | null };
}

/** Scenarios side by side, as a file: what one may see of them, without what one is recused from. */
export const GET = async ({ locals, url, params }) => {
  const format = listFormat(url.searchParams.get('format'));
  const place = await openSelection(locals, url, params.id);
  if (!format || !place.open) error(404, 'Cette liste n’existe pas, ou n’est pas ouverte pour vous.');
  const { call, context, dayOf } = place;
  const { scenarios, criteria } = await comparedScenarios(context, params.id, place);
  const columns: readonly ListColumn<Line>[] = [
    { title: 'Ce qui est compté', kind: 'text', of: ({ what }) => what },
    { title: 'Détail', kind: 'text', of: ({ detail }) => detail },
    ...scenarios.flatMap((scenario): ListColumn<Line>[] => [
      { title: `${scenario.name} : projets`, kind: 'number', of: ({ of }) => of(scenario).count },
      { title: `${scenario.name} : montant`, kind: 'cents', of: ({ of }) => of(scenario).cents },
    ]),
  ];
  return listResponse(
    {
      ...{ title: 'Scénarios côte à côte', subject: 'Des répartitions imaginées : elles ne décident de rien.' },
      ...{ file: `scenarios-${call.slug}`, columns, rows: linesOf(scenarios, criteria, call.money.pooled) },
      madeOn: dayOf(context.clock.now()),
    },
    format,
  );
};

const linesOf = (
  scenarios: readonly ScenarioTotals[],
  criteria: Awaited<ReturnType<typeof comparedScenarios>>['criteria'],
  pooled: boolean,
): readonly Line[] => {
  const lines = scenarios[0] ? usesSaid(scenarios[0], pooled) : [];
  const money = (at: number, detail: string, cents: (left: number, given: number) => number | null): Line => ({
    ...{ what: lines[at]?.name ?? '', detail },
    of: (scenario) => {
      const use = usesSaid(scenario, pooled)[at]?.use;
      return { count: null, cents: use ? cents(use.left, use.given) : null };
    },
  });
  const ranks = [...new Set(scenarios.flatMap(({ ties }) => ties.map(({ rank }) => rank)))].sort((a, b) => a - b);
  return [
    {
      ...{ what: 'Projets pris', detail: '' },
      of: ({ count, uses }) => ({ count, cents: uses.reduce((sum, { given }) => sum + given, 0) }),
    },
    ...lines.flatMap((_, at) => [
      money(at, 'Attribué', (_left, given) => given),
      money(at, 'Reste', (left) => (left < 0 ? null : left)),
      // No cell is negative: what is passed has a line of its own.
      money(at, 'Dépassement', (left) => (left < 0 ? -left : null)),
    ]),
    ...criteria.flatMap(({ label, of, name }) =>
      [...new Set(scenarios.flatMap((scenario) => of(scenario).map(({ key }) => key)))].map((key) => ({
        ...{ what: label, detail: name(key) },
        of: (scenario: ScenarioTotals) => {
          const share = of(scenario).find((one) => one.key === key);
          return { count: share?.count ?? 0, cents: share?.cents ?? 0 };
        },
      })),
    ),
    ...ranks.flatMap((rank) =>
      (['taken', 'left'] as const).map((side) => ({
        ...{ what: 'Égalités à trancher', detail: `Rang ${rank}, ${side === 'taken' ? 'pris' : 'laissés à égalité'}` },
        of: ({ ties }: ScenarioTotals) => ({
          count: ties.find((one) => one.rank === rank)?.[side] ?? null,
          cents: null,
        }),
      })),
    ),
  ];
};
