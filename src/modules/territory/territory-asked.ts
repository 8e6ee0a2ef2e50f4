import { nameWithDepartement } from './commune-asked.ts';
import { foldPlaceName } from './place-name.ts';
import { formatTerritory, parseTerritory, type Territory } from './territory-code.ts';
import type { TerritoryIndex } from './territory-index.ts';

/** A territory that a text may mean, as a list tells it from the others. */
export interface Meant {
  /** `region:53`, or `france`. */
  readonly scope: string;
  /** « Bretagne (région) », « Rennes (Ille-et-Vilaine) » */
  readonly label: string;
}

/** As many as one reads before writing more of the name. */
const MOST_PROPOSED = 12;

/**
 * The territories that a text may mean, of any kind, larger ones first: those of that very name or code, else those whose
 * name begins so, a dozen at most. `isFit` keeps those that can be chosen here: « Paris » is a département or a commune.
 */
export const territoriesMeant = (
  index: TerritoryIndex,
  text: string,
  isFit: (scope: string) => boolean = () => true,
): readonly Meant[] => {
  const typed = foldPlaceName(text.replace(/ \(.*$/, ''));
  const coded = parseTerritory(text.replace(/\s/g, '').replace('département', 'departement'));
  if (coded.ok)
    return index.describe(coded.value) ? [meant(index, coded.value)].filter(({ scope }) => isFit(scope)) : [];
  if (typed === '') return [];
  const known = [...named(index), ...communesNamed(index, text)].filter(({ scope }) => isFit(scope));
  const written = known.filter(({ label }) => label === text.trim());
  const same = known.filter(({ name }) => foldPlaceName(name) === typed);
  const begun = known.filter(({ name }) => foldPlaceName(name).startsWith(typed));
  const found = [written, same, begun].find((some) => some.length > 0) ?? [];
  return found.slice(0, MOST_PROPOSED).map(({ scope, label }) => ({ scope, label }));
};

interface Named extends Meant {
  readonly name: string;
}

const meant = (index: TerritoryIndex, territory: Territory): Meant => ({
  scope: formatTerritory(territory),
  label: index.describe(territory)?.name ?? formatTerritory(territory),
});

const named = (index: TerritoryIndex): Named[] => [
  { scope: 'france', name: 'France', label: 'Toute la France' },
  ...index.regions.map(({ code, name }) => ({ scope: `region:${code}`, name, label: `${name} (région)` })),
  ...index.departements.map(({ code, name }) => ({
    scope: `departement:${code}`,
    name,
    label: `${name} (département)`,
  })),
  ...index.epcis.map(({ code, name }) => ({ scope: `epci:${code}`, name, label: `${name} (intercommunalité)` })),
];

const communesNamed = (index: TerritoryIndex, text: string): Named[] =>
  index.complete(text.replace(/ \(.*$/, ''), MOST_PROPOSED).map(({ commune }) => ({
    scope: `commune:${commune.code}`,
    name: commune.name,
    label: nameWithDepartement(commune, index),
  }));
