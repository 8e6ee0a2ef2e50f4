import { describe, expect, test } from 'vitest';
import { buildTerritoryIndex } from '#modules/territory/index.ts';
import { referenceTerritories } from '#testing/reference-rows.ts';
import { readListAddress } from './list-address.ts';

const territories = buildTerritoryIndex(referenceTerritories());
const read = (query: string) => readListAddress(territories, new URLSearchParams(query), async () => []);

describe('which place is asked', () => {
  test.each([
    ['commune=Rennes&code=35238', '35238'],
    // Without JavaScript the code of the last choice stays in the form while another name is typed.
    ['commune=Brest&code=35238', '29019'],
    ['commune=rennes', '35238'],
    ['code=97411', '97411'],
  ])('%s → %s', async (query, code) => {
    expect((await read(query)).place).toMatchObject({ state: 'commune', commune: { code } });
  });

  test('an address that leads to its commune only is the whole commune; a door is a point', async () => {
    const near = (kind: 'municipality' | 'housenumber') =>
      readListAddress(territories, new URLSearchParams('commune=3 rue de la Paix, Rennes'), async () => [
        {
          label: 'Rennes (35000)',
          kind,
          commune: '35238' as never,
          postcode: '35000',
          lat: 48.11,
          lon: -1.68,
          from: 'local',
        },
      ]);
    expect((await near('municipality')).place).toMatchObject({ state: 'commune', commune: { code: '35238' } });
    expect((await near('housenumber')).place).toMatchObject({ state: 'point' });
  });

  test('a moment in words is one choice, under either of its names', async () => {
    const { when, texts, parameters } = await read('code=35238&open=saturday');
    expect(when).toBe('saturday');
    expect(texts).toEqual({ code: '35238', quand: 'saturday' });
    expect(parameters.open).toBeUndefined();
  });

  test('a name of several communes offers them, and a position counts when no commune is said', async () => {
    expect((await read('commune=saint-denis')).place.state).toBe('several');
    expect((await read('near=48.11,-1.68')).place.state).toBe('point');
    expect((await read('commune=nulle-part-du-tout')).place.state).toBe('unknown');
    expect((await read('')).place.state).toBe('none');
  });
});
