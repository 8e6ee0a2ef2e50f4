import type { Commune } from './commune.ts';
import { foldPlaceName } from './place-name.ts';
import type { TerritoryIndex } from './territory-index.ts';

/** What was typed in a field for a commune, and what we made of it. */
export type CommuneAsked =
  | { readonly state: 'none' }
  | { readonly state: 'found'; readonly commune: Commune }
  /** Several communes may be meant: the person chooses. */
  | { readonly state: 'several'; readonly communes: readonly Commune[] }
  | { readonly state: 'unknown' };

/**
 * The commune meant by a text: the one chosen among the propositions, else the only one that answers, or the only one of
 * that very name, postcode or code. Five digits are a postcode first: 33200 is Bordeaux for whoever lives there, and the
 * INSEE code of another commune. `code` is the hidden field of the choice. It only counts beside a name of its own commune:
 * without JavaScript it stays while another name is typed.
 */
export const communeAsked = (index: TerritoryIndex, text: string, code: string): CommuneAsked => {
  const chosen = code === '' ? undefined : index.commune(code);
  if (chosen && (text === '' || isNameOf(chosen, text, index))) return { state: 'found', commune: chosen };
  if (text === '') return { state: 'none' };

  const ofPostcode = communesOfPostcode(index, text);
  const [first, ...neighbours] = ofPostcode;
  if (first)
    return neighbours.length === 0 ? { state: 'found', commune: first } : { state: 'several', communes: ofPostcode };

  const written = text.replace(/ \(.*$/, '').replace(/ cedex( \d+)?$/i, '');
  const communes = index.complete(written, 8).map(({ commune }) => commune);
  const typed = foldPlaceName(written);
  const same = communes.filter((one) => foldPlaceName(one.name) === typed || one.code.toLowerCase() === typed);
  const whole = communes.find((one) => nameWithDepartement(one, index) === text);
  const meant = whole ?? (same.length === 1 ? same[0] : undefined);
  if (meant) return { state: 'found', commune: meant };
  const [only, ...others] = communes;
  if (!only) return { state: 'unknown' };
  return others.length === 0 ? { state: 'found', commune: only } : { state: 'several', communes };
};

/** Every commune of a postcode, in the order of names: some have more than forty. None for another text. */
const communesOfPostcode = (index: TerritoryIndex, text: string): Commune[] => {
  const digits = text.replace(/\s/g, '');
  if (!/^\d{5}$/.test(digits)) return [];
  return index.communes
    .filter(({ postcodes }) => postcodes.includes(digits))
    .toSorted((a, b) => byName.compare(a.name, b.name));
};

const byName = new Intl.Collator('fr', { numeric: true });

/** « Saint-Denis (La Réunion) », so that a name says which commune it is. */
export const nameWithDepartement = (commune: Commune, index: TerritoryIndex): string =>
  `${commune.name} (${index.departement(commune.departement)?.name ?? commune.departement})`;

const isNameOf = (commune: Commune, text: string, index: TerritoryIndex): boolean => {
  const typed = foldPlaceName(text);
  const names = [nameWithDepartement(commune, index), commune.name, commune.code, ...index.formerNamesOf(commune.code)];
  return names.some((name) => foldPlaceName(name) === typed);
};
