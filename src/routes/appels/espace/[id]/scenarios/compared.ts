import {
  compareScenarios,
  formatCents,
  type LineUse,
  pooledUse,
  type ScenarioTotals,
  type Share,
} from '#modules/calls/index.ts';
import { candidatesOf, placeOf, ranksOf, scenariosOf } from '#modules/calls/server/index.ts';
import { isScope } from '#platform/permissions.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { lineName } from '../line-uses.ts';
import type { openSelection } from '../open-selection.ts';

type Place = Extract<Awaited<ReturnType<typeof openSelection>>, { readonly open: true }>;

/** Shares said in one cell; the files that one takes away say them all. */
const MOST_SAID = 12;

/**
 * The scenarios of a call counted, for who may see them, and the criteria by which they compare. Territories are
 * départements, or the places themselves where everything lies in one. `sharesOf`: of one scenario.
 */
export const comparedScenarios = async (
  context: PersonContext,
  id: string,
  { call, access }: Pick<Place, 'call' | 'access'>,
) => {
  const kept = await scenariosOf(context, id, access);
  const candidates = await candidatesOf(context, id, access, await ranksOf(context, id));
  const scenarios = compareScenarios(kept, candidates, call.money.envelopes);
  const wide = new Set(scenarios.flatMap(({ departements }) => departements.map(({ key }) => key))).size > 1;
  const territoriesOf = ({ departements, places }: ScenarioTotals): readonly Share[] =>
    wide ? departements.map((share) => ({ ...share, key: `departement:${share.key}` })) : places;
  const nameOf = (scope: string): string => (isScope(scope) ? placeOf(context, scope).name : scope);
  const criteria: readonly Criterion[] = [
    { id: 'axes', label: 'Axes', of: ({ axes }) => axes, name: (key) => `Axe ${key}` },
    { id: 'territories', label: wide ? 'Départements' : 'Territoires', of: territoriesOf, name: nameOf },
    { id: 'holders', label: 'Statuts des porteurs', of: ({ holders }) => holders, name: (key) => key },
  ];
  return { kept, candidates: candidates.length, scenarios, criteria, territoriesOf, nameOf };
};

/** What scenarios are shared by: axes, territories, kinds of holders. */
interface Criterion {
  readonly id: string;
  readonly label: string;
  readonly of: (scenario: ScenarioTotals) => readonly Share[];
  readonly name: (key: string) => string;
}

/** The lines of money of a scenario, by name; pooled, all of them together once more, for information (R-35). */
export const usesSaid = ({ uses }: Pick<ScenarioTotals, 'uses'>, pooled: boolean) => [
  ...uses.map((use) => ({ key: use.key, name: lineName(use), use: use as Pick<LineUse, 'total' | 'given' | 'left'> })),
  ...(pooled && uses.length > 1 ? [{ key: 'pooled', name: 'Ensemble (pour information)', use: pooledUse(uses) }] : []),
];

/** The table side by side: one row a criterion, and in it what each scenario says, in their order. */
export const comparedRows = (
  { scenarios, criteria }: Pick<Awaited<ReturnType<typeof comparedScenarios>>, 'scenarios' | 'criteria'>,
  pooled: boolean,
) => {
  const row = (id: string, label: string, of: (scenario: ScenarioTotals) => readonly string[]) => ({
    ...{ id, label, cells: scenarios.map(of) },
  });
  const lines = scenarios[0] ? usesSaid(scenarios[0], pooled) : [];
  return [
    row('count', 'Projets pris', ({ count }) => [String(count)]),
    ...lines.map(({ key, name }, at) =>
      row(`line-${key}`, name, (scenario) => {
        const use = usesSaid(scenario, pooled)[at]?.use;
        return use ? [`${formatCents(use.given)} sur ${formatCents(use.total)}`, leftSaid(use.left)] : [];
      }),
    ),
    ...criteria.map(({ id, label, of, name }) =>
      row(id, label, (scenario) => {
        const shares = of(scenario);
        const rest = shares.length - MOST_SAID;
        return [
          ...shares.slice(0, MOST_SAID).map((share) => shareSaid(share, name(share.key))),
          ...(rest > 0 ? [rest === 1 ? 'et 1 autre' : `et ${rest} autres`] : []),
        ];
      }),
    ),
    row('ties', 'Égalités à trancher', ({ ties }) =>
      ties.map(({ rank, taken, left }) => `Rang ${rank} : ${taken} pris, ${left} laissés à égalité`),
    ),
  ];
};

/** What is left of an envelope, or by how much it is passed: shown in a scenario, never decided. */
const leftSaid = (left: number): string =>
  left < 0 ? `dépassée de ${formatCents(-left)}` : `reste ${formatCents(left)}`;

const shareSaid = ({ count, cents }: Share, name: string): string =>
  `${name} : ${count}${cents > 0 ? ` (${formatCents(cents)})` : ''}`;
