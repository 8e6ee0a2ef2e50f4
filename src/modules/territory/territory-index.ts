import type { Commune, Departement, Epci, Region } from './commune.ts';
import { type Complete, type FormerCommune, prepareCompletion } from './completion.ts';
import { type Nearest, prepareNearest } from './distance.ts';
import { inCommune, inDepartement, inEpci, inRegion } from './locative.ts';
import { foldPlaceName } from './place-name.ts';
import type { CommuneCode, Territory } from './territory-code.ts';

/** All the territories of France in memory. Lists are in alphabetical order, without regard to accents. */
export interface TerritoryIndex {
  readonly regions: readonly Region[];
  readonly departements: readonly Departement[];
  readonly epcis: readonly Epci[];
  /** Communes of today and arrondissements. */
  readonly communes: readonly Commune[];
  /** By today's code, by the code of an arrondissement, or by a former code: the answer's own code may then differ. */
  commune(code: string): Commune | undefined;
  epci(code: string): Epci | undefined;
  departement(code: string): Departement | undefined;
  region(code: string): Region | undefined;
  /** The communes of today in a territory, without arrondissements; of a commune, itself. */
  communesOf(territory: Territory): readonly Commune[];
  /** Of Paris, Lyon or Marseille, by number; of any other commune, none. */
  arrondissementsOf(code: CommuneCode): readonly Commune[];
  /** A code that is no longer in use, and the commune of today it leads to. */
  former(code: string): FormerCommune | undefined;
  /** Names of the communes that merged into this one. */
  formerNamesOf(code: CommuneCode): readonly string[];
  /** The name of a territory and where that is, « en Bretagne »; nothing when it does not exist. */
  describe(territory: Territory): { readonly name: string; readonly locative: string } | undefined;
  /** See `prepareCompletion`. */
  readonly complete: Complete;
  /** The communes around a point, nearest first: 20 of them within 50 km, unless told. Arrondissements are left out. */
  readonly nearest: Nearest<Commune>;
}

export interface TerritoryRows {
  readonly regions: readonly Region[];
  readonly departements: readonly Departement[];
  readonly epcis: readonly Epci[];
  readonly communes: readonly Commune[];
  readonly formers: readonly FormerCommune[];
}

/** Builds the index from the rows of the tables, in any order. */
export const buildTerritoryIndex = (rows: TerritoryRows): TerritoryIndex => {
  const communes = byName(rows.communes);
  const [regions, departements, epcis] = [byName(rows.regions), byName(rows.departements), byName(rows.epcis)];
  const byCode = new Map(communes.map((commune) => [commune.code as string, commune]));
  for (const { code, commune } of rows.formers) {
    const today = byCode.get(commune);
    if (today && !byCode.has(code)) byCode.set(code, today);
  }
  const [regionOf, departementOf, epciOf] = [mapByCode(regions), mapByCode(departements), mapByCode(epcis)];

  const today = communes.filter((commune) => commune.partOf === null);
  const inRegions = Map.groupBy(today, (commune): string => commune.region);
  const inDepartements = Map.groupBy(today, (commune): string => commune.departement);
  const inEpcis = Map.groupBy(today, (commune): string => commune.epci ?? '');
  const parts = Map.groupBy(
    communes.filter((commune) => commune.partOf !== null).toSorted((a, b) => (a.code < b.code ? -1 : 1)),
    (commune): string => commune.partOf ?? '',
  );
  const formerOf = mapByCode(rows.formers.filter((former) => former.code !== former.commune));
  const formerNames = Map.groupBy(rows.formers, (former) => former.commune);

  const around = prepareNearest(today);
  const communesOf = ({ kind, code }: Territory): readonly Commune[] => {
    if (kind === 'region') return inRegions.get(code) ?? [];
    if (kind === 'departement') return inDepartements.get(code) ?? [];
    if (kind === 'epci') return inEpcis.get(code) ?? [];
    const commune = byCode.get(code);
    return commune?.code === code ? [commune] : [];
  };
  const describe = (territory: Territory) => {
    const { kind, code } = territory;
    const found = { region: regionOf, departement: departementOf, epci: epciOf, commune: byCode }[kind].get(code);
    return found && { name: found.name, locative: locative(territory, found.name) };
  };

  return {
    ...{ regions, departements, epcis, communes, communesOf, describe },
    commune: (code) => byCode.get(code.toUpperCase()),
    epci: (code) => epciOf.get(code),
    departement: (code) => departementOf.get(code.toUpperCase()),
    region: (code) => regionOf.get(code),
    arrondissementsOf: (code) => parts.get(code) ?? [],
    former: (code) => formerOf.get(code.toUpperCase()),
    formerNamesOf: (code) => {
      const own = byCode.get(code)?.name;
      return (formerNames.get(code) ?? [])
        .flatMap(({ name }) => (name && name !== own ? [name] : []))
        .toSorted(alphabet);
    },
    complete: prepareCompletion(communes, rows.formers),
    nearest: (centre, options) => around(centre, { maxKm: 50, ...options }),
  };
};

const locative = ({ kind, code }: Territory, name: string): string => {
  if (kind === 'region') return inRegion({ code, name });
  if (kind === 'departement') return inDepartement({ code, name });
  return kind === 'epci' ? inEpci({ name }) : inCommune({ code, name });
};

const mapByCode = <T extends { readonly code: string }>(items: readonly T[]): ReadonlyMap<string, T> =>
  new Map(items.map((item) => [item.code, item]));

const byName = <T extends { readonly name: string }>(items: readonly T[]): T[] =>
  items
    .map((item) => ({ item, folded: foldPlaceName(item.name) }))
    .sort((a, b) => (a.folded < b.folded ? -1 : a.folded > b.folded ? 1 : 0))
    .map(({ item }) => item);

const alphabet = (a: string, b: string): number => (foldPlaceName(a) < foldPlaceName(b) ? -1 : 1);
