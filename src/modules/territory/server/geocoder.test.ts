import type { RequestListener } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, expect, test } from 'vitest';
import { createLogger } from '#platform/server/log.ts';
import { referenceCommunes } from '#testing/reference-rows.ts';
import { serverThat } from '#testing/small-server.ts';
import { buildTerritoryIndex, type TerritoryIndex } from '../territory-index.ts';
import { createGeocoder } from './geocoder.ts';

let index: TerritoryIndex;
beforeAll(() => {
  const formers = [{ code: '50602', name: 'Tourlaville', commune: '50129' }];
  index = buildTerritoryIndex({ regions: [], departements: [], epcis: [], communes: referenceCommunes(), formers });
});

/** Patient, but where waiting is what is tested: a busy machine answers late. */
const geocoder = (url: string | undefined, timeout = 60_000) =>
  createGeocoder({ url, index: () => index, log: createLogger('silent'), timeout });

const feature = (more: object = {}, coordinates = [2.290084, 49.897442]) => ({
  type: 'Feature',
  geometry: { type: 'Point', coordinates },
  properties: {
    label: '8 Boulevard du Port 80000 Amiens',
    score: 0.49,
    type: 'housenumber',
    citycode: '80021',
    postcode: '80000',
    ...more,
  },
});

const collection = (...features: object[]): string => JSON.stringify({ type: 'FeatureCollection', features });

test('asks the online base what was typed, and gives its answer', async () => {
  const asked: string[] = [];
  const url = await serverThat((request, response) => {
    asked.push(request.url ?? '');
    response.end(collection(feature()));
  });
  const answers = await geocoder(url).find(' 8 bd du port, Amiens ', { near: { lat: 49.9, lon: 2.3 }, limit: 3 });
  expect(answers).toEqual([
    {
      label: '8 Boulevard du Port 80000 Amiens',
      kind: 'housenumber',
      commune: '80021',
      postcode: '80000',
      lat: 49.897442,
      lon: 2.290084,
      from: 'ban',
    },
  ]);
  const sent = new URL(asked[0] ?? '', url);
  expect(Object.fromEntries(sent.searchParams)).toEqual({
    q: '8 bd du port, Amiens',
    limit: '3',
    lat: '49.9',
    lon: '2.3',
  });
});

test('a former commune of the base becomes that of today, an unknown one is left out', async () => {
  const url = await serverThat((_, response) =>
    response.end(collection(feature({ citycode: '99999' }), feature({ citycode: '50602' }))),
  );
  expect((await geocoder(url).find('rue du port')).map(({ commune }) => commune)).toEqual(['50129']);
});

const troubles: Record<string, RequestListener> = {
  'does not answer': () => {},
  'begins and never ends': (_, response) => response.write('{"type":'),
  'answers 500': (_, response) => response.writeHead(500).end('oops'),
  'answers 429': (_, response) => response.writeHead(429).end(),
  'sends elsewhere': (_, response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
  'answers broken JSON': (_, response) => response.end(collection(feature()).slice(0, -10)),
  'answers another shape': (_, response) => response.end('{"results":[]}'),
  'answers a page': (_, response) => response.end('<!doctype html><title>Connexion</title>'),
  'gives impossible coordinates': (_, response) => response.end(collection(feature({}, [490, 2]))),
  'gives no commune': (_, response) => response.end(collection(feature({ citycode: '' }))),
  'finds nothing': (_, response) => response.end(collection()),
  'cuts the line': (request) => request.destroy(),
  'answers far too much': (_, response) => response.end(collection(feature({ padding: 'x'.repeat(300_000) }))),
  'answers without end': (_, response) => {
    response.on('error', () => {});
    const more = (): boolean => response.write('x'.repeat(60_000), (error) => void (error ? undefined : more()));
    more();
  },
};

test.each(Object.entries(troubles))('when the base %s, our communes answer', async (_, answer) => {
  const url = await serverThat(answer);
  const [first] = await geocoder(url, 300).find('8 boulevard du port, Amiens');
  expect(first).toMatchObject({ commune: '80021', kind: 'municipality', from: 'local' });
});

test('when nobody listens there, our communes answer', async () => {
  const [first] = await geocoder('http://127.0.0.1:1/').find('Rennes');
  expect(first).toMatchObject({ commune: '35238', from: 'local', label: 'Rennes (35000)' });
});

test('without an address nothing is sent, and an address still leads to its commune', async () => {
  const local = geocoder(undefined);
  expect((await local.find('3 rue de la Paix 97400 Saint-Denis'))[0]?.commune).toBe('97411');
  expect((await local.find('saint denis', { near: { lat: 48.9, lon: 2.36 } }))[0]?.commune).toBe('93066');
  expect(await local.find('')).toEqual([]);
  expect(await local.find('zzzzzz')).toEqual([]);
  expect(await local.find('saint', { limit: 500 })).toHaveLength(20);
});

test('what was typed is never logged', async () => {
  const lines: string[] = [];
  const log = createLogger('silent');
  Object.assign(log, { warn: (...words: unknown[]) => lines.push(JSON.stringify(words)) });
  const url = await serverThat((_, response) => response.writeHead(500).end());
  await createGeocoder({ url, index: () => index, log, timeout: 60_000 }).find('8 boulevard du port, Amiens');
  await sleep(0);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain('HttpStatus500');
  expect(lines[0]).not.toContain('port');
});
