import {
  coversIn,
  foldPlaceName,
  nameWithDepartement,
  parseTerritory,
  type TerritoryIndex,
  territoriesMeant,
} from '#modules/territory/index.ts';
import type { Scope } from '#platform/permissions.ts';

/** A territory that a typed line may mean. */
export interface NamedTerritory {
  readonly scope: string;
  /** « Rennes (Ille-et-Vilaine) », « Rennes Métropole (intercommunalité) » */
  readonly label: string;
}

/** What one line of names was understood as. `outside`: a place of France that is not in the call. */
export type LineRead =
  | { readonly state: 'found'; readonly territory: NamedTerritory }
  | { readonly state: 'several'; readonly line: string; readonly choices: readonly NamedTerritory[] }
  | { readonly state: 'outside' | 'unknown'; readonly line: string };

/** Lines that are looked for beyond exact names: a text of nonsense must not cost seconds. */
const MOST_LOOKED_FOR = 20;

/**
 * Reads names, one a line: communes, intercommunal bodies and départements of the territory of a call, by their name, their
 * name and département, or their code; the beginning of a name proposes those of the call. Fast for 1 500 lines.
 */
export const readTerritoryNames = (
  index: TerritoryIndex,
  within: Scope,
  lines: readonly string[],
): readonly LineRead[] => {
  if (lines.length === 0) return [];
  const names = namesIn(index, within);
  const covers = coversIn(index);
  let lookedFor = 0;
  return lines.map((line): LineRead => {
    const exact = names.get(foldPlaceName(line)) ?? [];
    const [only] = exact;
    if (only)
      return exact.length === 1 ? { state: 'found', territory: only } : { state: 'several', line, choices: exact };
    lookedFor += 1;
    if (lookedFor > MOST_LOOKED_FOR) return { state: 'unknown', line };
    const meant = territoriesMeant(index, line, (scope) => /^(departement|epci|commune):/.test(scope));
    const near = territoriesMeant(index, line, (scope) => covers(within, scope as Scope) && scope !== within);
    if (near.length > 0) return { state: 'several', line, choices: near };
    return { state: meant.length > 0 ? 'outside' : 'unknown', line };
  });
};

/** A territory as it is said with what it is: what a list of chosen ones shows. */
export const labelOfTerritory = (index: TerritoryIndex, scope: string): string => {
  const parsed = parseTerritory(scope);
  if (!parsed.ok) return scope;
  const { kind, code } = parsed.value;
  if (kind === 'commune') {
    const commune = index.commune(code);
    return commune ? nameWithDepartement(commune, index) : scope;
  }
  const name = index.describe(parsed.value)?.name;
  return name === undefined ? scope : `${name} (${kindWords[kind]})`;
};

const kindWords = { region: 'région', departement: 'département', epci: 'intercommunalité' } as const;

/** Names, names with what they are, and codes → what they mean inside a territory. */
const namesIn = (index: TerritoryIndex, within: Scope): ReadonlyMap<string, readonly NamedTerritory[]> => {
  const found = new Map<string, NamedTerritory[]>();
  const covers = coversIn(index);
  const add = (scope: Scope, name: string, code: string): void => {
    const territory = { scope, label: labelOfTerritory(index, scope) };
    for (const key of new Set([name, territory.label, code, scope].map(foldPlaceName)))
      found.set(key, [...(found.get(key) ?? []), territory]);
  };
  const territory = parseTerritory(within);
  const communes = territory.ok ? index.communesOf(territory.value) : index.communes;
  // Only what has a commune there can lie there: asking of each intercommunal body of France would take long.
  for (const code of new Set(communes.map(({ departement }) => departement))) {
    const name = index.departement(code)?.name;
    if (name !== undefined && covers(within, `departement:${code}`)) add(`departement:${code}`, name, code);
  }
  for (const code of new Set(communes.map(({ epci }) => epci ?? ''))) {
    const name = index.epci(code)?.name;
    if (name !== undefined && covers(within, `epci:${code}`)) add(`epci:${code}`, name, code);
  }
  for (const { code, name } of communes) add(`commune:${code}`, name, code);
  return found;
};
