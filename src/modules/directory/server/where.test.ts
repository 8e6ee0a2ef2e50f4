import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseTerritory } from '#modules/territory/index.ts';
import { type DirectoryContext, directoryContext } from '#testing/directory.ts';
import { areasServed } from '../search/candidates.ts';
import { readPack } from '../search/pack.ts';
import { searchOffers } from '../search/search.ts';
import { openSegment, shownText } from '../search/segment.ts';
import { findOffers } from './find-offers.ts';
import { departementPack, saveRecords } from './index.ts';

let context: DirectoryContext;
beforeAll(async () => {
  context = await directoryContext(undefined, afterAll);
  const serving = (name: string, ...areas: string[]) => ({
    services: [{ ref: name, fields: { name, kind: 'a-domicile' as const }, placement: { areas } }],
  });
  await saveRecords(context, { source: 'essai', on: '2026-05-12' }, [
    serving('France', 'france'),
    serving('Bretagne', 'region:53'),
    serving('Ille-et-Vilaine', 'departement:35'),
    serving('Rennes Métropole', 'epci:243500139'),
    // This one lies in three départements and two regions.
    serving('Redon Agglomération', 'epci:243500741'),
    serving('Cesson-Sévigné', 'commune:35051'),
    serving('Loire', 'departement:42'),
    {
      place: { ref: 'rennes', fields: { name: 'PMI', kind: 'pmi', insee: '35238', lat: 48.11, lon: -1.68 } },
      services: [{ ref: 'rennes', fields: { name: 'PMI', kind: 'pmi' } }],
    },
  ]);
  await context.reindex();
});

const foundIn = (text: string): string[] => {
  const territory = parseTerritory(text);
  if (!territory.ok) throw new Error(territory.error.message);
  const found = findOffers(context, {
    place: { kind: 'territory', territory: territory.value },
    filters: {},
    limit: 50,
  });
  return found.ok ? found.value.hits.map(({ segment, row }) => JSON.parse(shownText(segment, row)).name) : [];
};

describe('what serves a territory without having a place there', () => {
  it.each([
    [
      'region:53',
      ['PMI', 'France', 'Bretagne', 'Ille-et-Vilaine', 'Rennes Métropole', 'Redon Agglomération', 'Cesson-Sévigné'],
    ],
    [
      'departement:35',
      ['PMI', 'France', 'Bretagne', 'Ille-et-Vilaine', 'Rennes Métropole', 'Redon Agglomération', 'Cesson-Sévigné'],
    ],
    ['departement:56', ['France', 'Bretagne', 'Redon Agglomération']],
    ['epci:243500741', ['France', 'Bretagne', 'Ille-et-Vilaine', 'Redon Agglomération']],
    ['commune:35051', ['PMI', 'France', 'Bretagne', 'Ille-et-Vilaine', 'Rennes Métropole', 'Cesson-Sévigné']],
    ['region:11', ['France']],
  ])('in %s: what serves all of it, and a part of it', (territory, names) => {
    expect(foundIn(territory)).toEqual(names);
  });

  it('is in the pack of its département, and is found there', async () => {
    const answer = await departementPack(context, '35', null);
    const data = readPack(new Uint8Array(gunzipSync(await answer.arrayBuffer())).buffer);
    if (!data) throw new Error('the pack cannot be read');
    const segment = openSegment(data);
    const { hits } = searchOffers([segment], {
      where: { kind: 'communes', codes: [], prefixes: ['35'], spot: { lat: 46.6, lon: 2.4 } },
      areas: areasServed(segment),
      ...{ filters: {}, now: context.clock.now(), limit: 50 },
    });
    expect(hits.map(({ row }) => JSON.parse(shownText(segment, row)).name)).toEqual(foundIn('departement:35'));
  });
});
