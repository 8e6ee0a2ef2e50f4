import { findTheme } from '#modules/priorities/index.ts';
import { allPriorities, priorityOf } from '#modules/priorities/server/index.ts';
import {
  distanceKm,
  formatTerritory,
  type PointPrecision,
  parseTerritory,
  type Territory,
  type TerritoryIndex,
} from '#modules/territory/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { keepPerVersion } from '#platform/keep.ts';
import type { Context } from '#platform/server/context.ts';
import { callTitles } from '../call-family.ts';
import type { Initiative } from '../initiative.ts';
import { byTitle, createSearch, type Searchable } from '../search.ts';
import { initiativesIndex } from './initiatives-index.ts';

/** Where a project is: its commune, or the intercommunal body over which it extends. */
export interface Place {
  readonly kind: 'commune' | 'epci';
  readonly code: string;
  readonly name: string;
  readonly lat: number;
  readonly lon: number;
  /** Of a commune, how its point is known; of an intercommunal body, the middle of its communes. */
  readonly precision: PointPrecision;
  readonly uncertaintyKm: number;
  /** The intercommunal body it lies in, if any. */
  readonly epci: string | null;
}

/** A project with its place and its names resolved. */
export interface Entry extends Searchable {
  readonly place: Place | undefined;
}

export interface Catalogue {
  /** In order of title. */
  readonly entries: readonly Entry[];
  readonly bySlug: ReadonlyMap<string, Entry>;
  readonly search: ReturnType<typeof createSearch<Entry>>;
  readonly territories: TerritoryIndex;
}

/**
 * The projects joined to the territories, ready to search. Made once for each pair of indexes: again when either was
 * replaced, a few milliseconds.
 */
export const catalogue = ({ indexes }: Context): Catalogue => {
  const initiatives = indexes.get(initiativesIndex);
  const territories = indexes.get(territoryIndex);
  const kept = made.get(initiatives);
  if (kept?.territories === territories) return kept;
  const entries = initiatives.map((initiative) => entryOf(initiative, territories)).sort(byTitle);
  const fresh: Catalogue = {
    entries,
    bySlug: new Map(entries.map((entry) => [entry.initiative.slug, entry])),
    search: createSearch(entries),
    territories,
  };
  made.set(initiatives, fresh);
  return fresh;
};

const made = new WeakMap<readonly Initiative[], Catalogue>();

/** The projects of a territory, those of its parts included; of a commune, those that are there. In order of title. */
export const initiativesOfTerritory = (context: Context, territory: Territory): readonly Entry[] => {
  const all = catalogue(context);
  return ofTerritories(all, formatTerritory(territory), () => all.entries.filter((entry) => isIn(entry, territory)));
};

const ofTerritories = keepPerVersion<Catalogue, readonly Entry[]>(1_000);

const isIn = ({ initiative, place }: Entry, territory: Territory): boolean => {
  if (territory.kind === 'region') return initiative.regions.includes(territory.code);
  if (territory.kind === 'departement') return initiative.departements.includes(territory.code);
  if (territory.kind === 'epci') return place?.epci === territory.code;
  return place?.kind === 'commune' && place.code === territory.code;
};

const entryOf = (initiative: Initiative, territories: TerritoryIndex): Entry => {
  const place = placeOf(initiative, territories);
  const names = [
    place?.name,
    ...initiative.departements.map((code) => territories.departement(code)?.name),
    ...initiative.regions.map((code) => territories.region(code)?.name),
  ];
  const subjects = [
    ...initiative.themes.map((slug) => findTheme(allPriorities(), slug)?.theme.title),
    ...initiative.priorities.map((number) => priorityOf(number).title),
    ...initiative.calls.map((call) => callTitles[call].short),
    ...(initiative.chosenIn ?? []).map(({ title }) => title),
  ];
  return { initiative, place, point: place, placeNames: names.join(' '), subjects: subjects.join(' ') };
};

const placeOf = ({ place }: Initiative, territories: TerritoryIndex): Place | undefined => {
  if (!place) return undefined;
  if ('epci' in place) return middleOf(place.epci, territories);
  const commune = territories.commune(place.commune);
  if (!commune) return undefined;
  const { code, name, lat, lon, precision, uncertaintyKm, epci } = commune;
  return { kind: 'commune', code, name, lat, lon, precision, uncertaintyKm, epci };
};

/** The middle of the communes of an intercommunal body; the farthest of them is its uncertainty. */
const middleOf = (code: string, territories: TerritoryIndex): Place | undefined => {
  const epci = territories.epci(code);
  const territory = parseTerritory(`epci:${code}`);
  const communes = territory.ok ? territories.communesOf(territory.value) : [];
  if (!epci || communes.length === 0) return undefined;
  const mean = (of: 'lat' | 'lon'): number => communes.reduce((sum, commune) => sum + commune[of], 0) / communes.length;
  const middle = { lat: mean('lat'), lon: mean('lon') };
  const uncertaintyKm = Math.ceil(Math.max(...communes.map((commune) => distanceKm(commune, middle))));
  return { kind: 'epci', code, name: epci.name, ...middle, precision: 'epci', uncertaintyKm, epci: code };
};
