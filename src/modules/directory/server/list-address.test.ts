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

  test('a name of several communes offers them, and a position counts when no commune is said', async () => {
    expect((await read('commune=saint-denis')).place.state).toBe('several');
    expect((await read('near=48.11,-1.68')).place.state).toBe('point');
    expect((await read('commune=nulle-part-du-tout')).place.state).toBe('unknown');
    expect((await read('')).place.state).toBe('none');
  });
});
