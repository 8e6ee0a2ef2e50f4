import type { Covers } from '#platform/permissions.ts';
import { parseTerritory, type Territory } from './territory-code.ts';
import type { TerritoryIndex } from './territory-index.ts';

/** Whether a scope holds a territory, by the map: an agent of Bretagne may act in Rennes. Unknown codes hold nothing. */
export const coversIn =
  (index: TerritoryIndex): Covers =>
  (scope, territory) => {
    if (scope === 'france') return true;
    if (scope === territory) return true;
    const [held, asked] = [parseTerritory(scope), parseTerritory(territory)];
    return held.ok && asked.ok && aboveOf(index, asked.value).includes(`${held.value.kind}:${held.value.code}`);
  };

/** The territories that hold one, itself included, from the smallest: `commune:35238`, `epci:…`, `departement:35`… */
export const aboveOf = (index: TerritoryIndex, territory: Territory): readonly string[] => {
  const itself = `${territory.kind}:${territory.code}`;
  switch (territory.kind) {
    case 'region':
      return [itself];
    case 'departement': {
      const region = index.departement(territory.code)?.region;
      return region ? [itself, `region:${region}`] : [itself];
    }
    case 'epci': {
      // Some lie across départements: only what holds all their communes holds them.
      const communes = index.communesOf(territory);
      const common = (of: (commune: (typeof communes)[number]) => string, kind: string): string[] => {
        const [only, ...others] = new Set(communes.map(of));
        return only !== undefined && others.length === 0 ? [`${kind}:${only}`] : [];
      };
      return [
        itself,
        ...common(({ departement }) => departement, 'departement'),
        ...common(({ region }) => region, 'region'),
      ];
    }
    case 'commune': {
      const commune = index.commune(territory.code);
      if (!commune) return [itself];
      const whole = commune.partOf ? index.commune(commune.partOf) : undefined;
      const epci = commune.epci ?? whole?.epci;
      return [
        itself,
        ...(whole ? [`commune:${whole.code}`] : []),
        ...(epci ? [`epci:${epci}`] : []),
        `departement:${commune.departement}`,
        `region:${commune.region}`,
      ];
    }
  }
};
