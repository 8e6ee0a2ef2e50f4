import { outlineOf, radiusOf, type Share, type Spot, squareOf } from '#modules/calls/index.ts';
import { parseTerritory, type TerritoryIndex } from '#modules/territory/index.ts';
import type { Scope } from '#platform/permissions.ts';

/** Marks on one map, the largest: more would hide one another. */
const MOST_MARKS = 300;
/** Marks that say their name: the text beside the map says the others. */
const MOST_NAMES = 5;

/**
 * Maps of several scenarios, on one square and one outline so that they compare: the départements of the territory of the
 * call, each in the smallest convex shape around its communes (no border is drawn truly), and a mark where projects are.
 * `shares`: of each scenario, counts by scope (`commune:…`, `departement:…`); what is nowhere on a map is left to the text.
 */
export const scenarioMaps = (
  index: TerritoryIndex,
  territory: Scope,
  shares: readonly (readonly Share[])[],
  nameOf: (scope: string) => string,
) => {
  const spots = new Map<string, Spot>();
  for (const { key } of shares.flat()) {
    const spot = spots.has(key) ? undefined : spotOf(index, key);
    if (spot) spots.set(key, spot);
  }
  const parsed = parseTerritory(territory);
  const around = parsed.ok ? index.communesOf(parsed.value) : [];
  const put = squareOf([...around, ...spots.values()]);
  const shapes = Map.groupBy(around, ({ departement }) => departement);
  return {
    outline: [...shapes.values()].map((communes) =>
      outlineOf(communes.map(put))
        .map(({ x, y }) => `${x},${y}`)
        .join(' '),
    ),
    maps: shares.map((own) =>
      own
        .flatMap(({ key, count }) => {
          const spot = spots.get(key);
          return spot ? [{ key, count, ...put(spot), r: radiusOf(count) }] : [];
        })
        .slice(0, MOST_MARKS)
        .map(({ key, x, y, r }, at) => ({ key, x, y, r, name: at < MOST_NAMES ? nameOf(key) : '' })),
    ),
  };
};

/** Where a territory is: a commune, the seat of a département or of a région, the middle of an intercommunal body. */
const spotOf = (index: TerritoryIndex, scope: string): Spot | undefined => {
  const parsed = parseTerritory(scope);
  if (!parsed.ok) return undefined;
  const { kind, code } = parsed.value;
  if (kind === 'commune') return index.commune(code);
  if (kind !== 'epci')
    return index.commune((kind === 'region' ? index.region(code) : index.departement(code))?.seat ?? '');
  const communes = index.communesOf(parsed.value);
  const mean = (of: (commune: Spot) => number): number =>
    communes.reduce((sum, commune) => sum + of(commune), 0) / communes.length;
  return communes.length > 0 ? { lon: mean(({ lon }) => lon), lat: mean(({ lat }) => lat) } : undefined;
};
