import { describe, expect, it } from 'vitest';
import { referenceTerritories } from '#testing/reference-rows.ts';
import { aboveOf, coversIn } from './covers.ts';
import { parseTerritory } from './territory-code.ts';
import { buildTerritoryIndex } from './territory-index.ts';

const index = buildTerritoryIndex(referenceTerritories());
const covers = coversIn(index);

describe('what a scope covers', () => {
  it.each([
    ['france', 'commune:97411', true],
    ['region:53', 'commune:35238', true],
    ['departement:35', 'commune:35238', true],
    ['epci:243500139', 'commune:35238', true],
    ['departement:29', 'commune:35238', false],
    ['region:53', 'departement:35', true],
    ['departement:35', 'region:53', false],
    ['commune:35238', 'departement:35', false],
    // 75 is Paris as a département and Nouvelle-Aquitaine as a region.
    ['region:75', 'commune:75056', false],
    ['departement:75', 'commune:75056', true],
    // An arrondissement is in its commune, and in the intercommunal body of its commune.
    ['commune:13055', 'commune:13201', true],
    ['epci:200054807', 'commune:13201', true],
    // An intercommunal body across two départements is of neither.
    ['departement:35', 'france', false],
    ['commune:99999', 'commune:35238', false],
  ] as const)('%s covers %s: %s', (scope, territory, expected) => {
    expect(covers(scope, territory)).toBe(expected);
  });

  it('never gives to a département what lies across two', () => {
    for (const { code } of index.epcis) {
      const departements = new Set(index.communesOf({ kind: 'epci', code }).map(({ departement }) => departement));
      const read = parseTerritory(`epci:${code}`);
      const above = read.ok ? aboveOf(index, read.value) : [];
      expect(above.some((one) => one.startsWith('departement:'))).toBe(departements.size === 1);
    }
  });
});
