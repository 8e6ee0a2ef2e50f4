import { around } from 'geokdbush';
import KDBush from 'kdbush';
import { type Commune, formatTerritory, type Territory, type TerritoryIndex } from '#modules/territory/index.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import type { Where } from '../search/candidates.ts';
import { middleOf, type Spot } from '../search/sphere.ts';

/** The place that somebody asks about. */
export type PlaceAsked =
  | { readonly kind: 'near'; readonly spot: Spot }
  | {
      readonly kind: 'box';
      readonly west: number;
      readonly south: number;
      readonly east: number;
      readonly north: number;
    }
  | { readonly kind: 'territory'; readonly territory: Territory };

/** How far around is looked when nothing is said, in kilometres. */
export const DEFAULT_RADIUS_KM = 10;

export interface PlaceFound {
  readonly where: Where;
  /** Territories that hold the place, and those that a larger one holds, for what serves them without having a place there. */
  readonly areas: readonly string[];
  /** The commune asked for, or the one of the point. */
  readonly commune: Commune | undefined;
  /** Whether distances mean something to who asks: they gave a point or a commune. */
  readonly hasCentre: boolean;
}

/**
 * Where to look. A commune means the whole of it, arrondissements included, and `km` around its centre besides. Refuses
 * a territory that does not exist.
 */
export const findPlace = (
  territories: TerritoryIndex,
  asked: PlaceAsked,
  km: number | undefined,
): Result<PlaceFound, Refusal> => {
  if (asked.kind === 'near') {
    const commune = communeAt(territories, asked.spot);
    const where = { kind: 'around', spot: asked.spot, km: km ?? DEFAULT_RADIUS_KM } as const;
    return ok({ where, areas: areasOf(territories, commune), commune, hasCentre: true });
  }
  if (asked.kind === 'box') {
    const commune = communeAt(territories, middleOf(asked));
    return ok({ where: asked, areas: areasOf(territories, commune), commune, hasCentre: false });
  }
  const { territory } = asked;
  if (territory.kind === 'commune') {
    const commune = territories.commune(territory.code);
    if (!commune) return refuse(unknownTerritory);
    const codes = withParts(territories, [commune]);
    const where = { kind: 'communes', codes, spot: commune, km: km ?? DEFAULT_RADIUS_KM } as const;
    return ok({ where, areas: areasOf(territories, commune), commune, hasCentre: true });
  }
  const members = territories.communesOf(territory);
  const centre =
    seatOf(territories, territory) ?? members.toSorted((a, b) => (b.population ?? 0) - (a.population ?? 0))[0];
  if (!centre) return refuse(unknownTerritory);
  const departements =
    territory.kind === 'region'
      ? territories.departements.filter(({ region }) => region === territory.code).map(({ code }) => code)
      : [territory.code];
  const where =
    territory.kind === 'epci'
      ? ({ kind: 'communes', codes: withParts(territories, members), spot: centre } as const)
      : ({ kind: 'communes', codes: [], prefixes: departements, spot: centre } as const);
  return ok({ where, areas: areasIn(territories, territory, members), commune: undefined, hasCentre: false });
};

/** The codes of communes and of their arrondissements: what is in Paris, Lyon or Marseille bears the code of one of these. */
const withParts = (territories: TerritoryIndex, communes: readonly Commune[]): string[] =>
  communes.flatMap(({ code }) => [code, ...territories.arrondissementsOf(code).map((part) => part.code)]);

const unknownTerritory: Refusal = {
  code: 'unknown_territory',
  message: 'ce territoire n’existe pas ; cherchez son code avec /api/v1/communes',
};

const seatOf = (territories: TerritoryIndex, { kind, code }: Territory): Commune | undefined => {
  if (kind === 'region') return territories.commune(territories.region(code)?.seat ?? '');
  return kind === 'departement' ? territories.commune(territories.departement(code)?.seat ?? '') : undefined;
};

/** The territories that hold a commune, and its arrondissements, as services name those that they serve. */
const areasOf = (territories: TerritoryIndex, commune: Commune | undefined): string[] =>
  commune
    ? [
        'france',
        `region:${commune.region}`,
        `departement:${commune.departement}`,
        ...(commune.epci ? [`epci:${commune.epci}`] : []),
        ...(commune.partOf ? [`commune:${commune.partOf}`] : []),
        ...withParts(territories, [commune]).map((code) => `commune:${code}`),
      ]
    : ['france'];

const known = new WeakMap<TerritoryIndex, Map<string, readonly string[]>>();

/** Of a larger territory: itself, what holds a part of it and what it holds. Found once: a region holds thousands. */
const areasIn = (territories: TerritoryIndex, territory: Territory, members: readonly Commune[]): readonly string[] => {
  const found = known.get(territories) ?? new Map<string, readonly string[]>();
  known.set(territories, found);
  const name = formatTerritory(territory);
  const areas = found.get(name) ?? [...new Set([name, ...members.flatMap((commune) => areasOf(territories, commune))])];
  found.set(name, areas);
  return areas;
};

const trees = new WeakMap<TerritoryIndex, KDBush>();

/** The commune whose centre is nearest to a point, within 60 km: good enough to tell its département in most cases. */
const communeAt = (territories: TerritoryIndex, { lat, lon }: Spot): Commune | undefined => {
  const [nearest] = around(communesTree(territories), lon, lat, 1, 60);
  return nearest === undefined ? undefined : territories.communes[nearest];
};

/** The spatial tree of the communes, by their rank in the index. Made once for each index. */
export const communesTree = (territories: TerritoryIndex): KDBush => {
  const known = trees.get(territories);
  if (known) return known;
  const tree = new KDBush(territories.communes.length, 64, Float32Array);
  for (const commune of territories.communes) tree.add(commune.lon, commune.lat);
  tree.finish();
  trees.set(territories, tree);
  return tree;
};
