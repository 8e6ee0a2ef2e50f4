import { beforeEach, describe, expect, test } from 'vitest';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { testContext } from '#testing/context.ts';
import { testDatabase } from '#testing/database.ts';
import { testIndexes } from '#testing/indexes.ts';
import { type Catalogue, catalogue } from './catalogue.ts';
import { initiativesIndex } from './initiatives-index.ts';
import { type ListAddress, readListAddress } from './list-address.ts';

let all: Catalogue | undefined;
beforeEach(async () => {
  if (all) return;
  const { db } = await testDatabase('loaded');
  all = catalogue(testContext(db, { indexes: await testIndexes(db, [territoryIndex, initiativesIndex]) }));
});

const read = (query: string): ListAddress => {
  if (!all) throw new Error('no catalogue');
  return readListAddress(all, new URLSearchParams(query));
};

test('an empty form asks for everything', () => {
  const { filters, texts, ignored, page } = read('q=&priority=&theme=&region=&near=&commune=&radius=50&sort=&page=');
  expect(filters).toMatchObject({ words: '', priorities: [], calls: [] });
  expect(filters.near).toBeUndefined();
  expect({ texts, ignored, page }).toEqual({ texts: {}, ignored: [], page: 1 });
});

test('fields given several times are a list', () => {
  expect(read('priority=1&priority=2,3').filters.priorities).toEqual([1, 2, 3]);
  expect(read('priority=1&priority=2,3').texts.priority).toBe('1,2,3');
});

test('what cannot be understood is set aside and said, the rest holds', () => {
  const { filters, ignored, texts } = read('priority=99&call=enfance-egalite&utm_source=x');
  expect(filters).toMatchObject({ priorities: [], calls: ['enfance-egalite'] });
  expect(ignored.map(({ field }) => field)).toEqual(['priority']);
  expect(texts).toEqual({ call: 'enfance-egalite' });
});

test('a radius or an order by distance without a place means nothing yet', () => {
  expect(read('radius=20&sort=distance')).toMatchObject({ texts: {}, near: { state: 'none' } });
});

describe('the place', () => {
  test.each([
    ['Rennes', '35238'],
    ['rennes', '35238'],
    ['35238', '35238'],
    ['35000', '35238'],
    ['st denis 974', '97411'],
    ['Saint-Denis (La Réunion)', '97411'],
    ['le robert', '97222'],
    ['Ivry-sur-Seine', '94041'],
  ])('%j is commune %s', (typed, code) => {
    expect(read(new URLSearchParams({ near: typed }).toString()).near).toMatchObject({
      state: 'found',
      commune: { code },
    });
  });

  test('a name that several communes bear lets the person choose', () => {
    const { near, filters } = read('near=saint-denis');
    expect(near.state).toBe('several');
    if (near.state === 'several')
      expect(near.communes.map(({ code }) => code)).toEqual(expect.arrayContaining(['93066', '97411']));
    expect(filters.near).toBeUndefined();
  });

  test('a code chosen among propositions counts beside its own name only', () => {
    expect(read('near=&commune=97411').near).toMatchObject({ state: 'found', commune: { code: '97411' } });
    expect(read('near=Bordeaux&commune=97411').near).toMatchObject({ state: 'found', commune: { code: '33063' } });
  });

  test('a place that does not exist is said', () => {
    expect(read('near=zzzzzz').near).toEqual({ state: 'unknown' });
  });
});
