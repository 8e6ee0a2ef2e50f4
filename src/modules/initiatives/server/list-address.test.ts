import { beforeEach, expect, test } from 'vitest';
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

test('the place that was chosen or typed holds in the links, by its code', () => {
  expect(read('near=Saint-Denis&commune=97411')).toMatchObject({
    near: { state: 'found', commune: { code: '97411' } },
    texts: { near: '97411' },
  });
  const { near, filters } = read('near=saint-denis');
  expect(near.state).toBe('several');
  expect(filters.near).toBeUndefined();
  expect(read('near=zzzzzz').near).toEqual({ state: 'unknown' });
});
