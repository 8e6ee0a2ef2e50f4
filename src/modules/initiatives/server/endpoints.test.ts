import { parse } from 'csv-parse/sync';
import { beforeEach, describe, expect, test } from 'vitest';
import { territoryIndex } from '#modules/territory/server/index.ts';
import type { Context } from '#platform/server/context.ts';
import type { Database } from '#platform/server/database/database.ts';
import { answerTo, type Endpoint } from '#platform/server/http/endpoint.ts';
import { testContext } from '#testing/context.ts';
import { testDatabase } from '#testing/database.ts';
import { testIndexes } from '#testing/indexes.ts';
import {
  initiativesCsvEndpoint,
  initiativesEndpoint,
  initiativesGeojsonEndpoint,
  prioritiesEndpoint,
} from './endpoints.ts';
import { initiativesIndex } from './initiatives-index.ts';

/** The endpoints only read the indexes: those of one database serve every test that changes nothing. */
let shared: Context | undefined;
let context: Context;
beforeEach(async () => {
  shared ??= await freshContext();
  context = shared;
});

const freshContext = async (change?: (db: Database) => Promise<unknown>): Promise<Context> => {
  const { db } = await testDatabase('loaded');
  await change?.(db);
  return testContext(db, { indexes: await testIndexes(db, [territoryIndex, initiativesIndex]) });
};

// biome-ignore lint/suspicious/noExplicitAny: any endpoint, and the JSON that a stranger would read.
type Any = any;
const ask = (endpoint: Endpoint<Any, Any>, query: string): Promise<Response> =>
  answerTo(endpoint, context, new URL(`http://localhost${endpoint.path}?${query}`));
const list = async (query: string): Promise<Any> => {
  const response = await ask(initiativesEndpoint, query);
  expect(response.status, await response.clone().text()).toBe(200);
  return response.json();
};
const slugs = async (query: string): Promise<string[]> =>
  (await list(`per_page=100&${query}`)).initiatives.map(({ slug }: { slug: string }) => slug);

test('the answer has the promised shape, and each project all that is known of it', async () => {
  const answer = await list('q=baby+bus');
  if ('parse' in initiativesEndpoint.answer) initiativesEndpoint.answer.parse(answer);
  expect(answer.initiatives[0]).toMatchObject({
    ...{ slug: 'baby-bus-reunion', path: '/initiatives/baby-bus-reunion', name: 'Baby Bus', outside_calls: false },
    priorities: [{ number: 4, title: 'Partager et souffler' }],
    themes: [{ slug: 'accueil-occasionnel', title: 'Accueil ponctuel ou occasionnel des jeunes enfants' }],
    regions: [{ code: '04', name: 'La Réunion' }],
    place: { kind: 'commune', code: '97411', name: 'Saint-Denis', lat: expect.closeTo(-20.88, 1) },
    source: { document: 'document-000', lines: [570], region: 'Réunion', place: 'Saint-Denis' },
    distance_km: null,
  });
});

test('pages follow each other to the end and hold every project once', async () => {
  const seen: string[] = [];
  let address: string | null = '/api/v1/initiatives?priority=3,4&per_page=7';
  while (address) {
    const answer: Any = await list(address.split('?')[1] ?? '');
    expect(answer.total).toBe(29);
    seen.push(...answer.initiatives.map(({ slug }: { slug: string }) => slug));
    address = answer.next;
  }
  expect(seen).toHaveLength(29);
  expect(new Set(seen).size).toBe(29);
});

test('searches by place, priority, call and words', async () => {
  expect(await slugs('departement=974&priority=2')).toEqual(['allaitement-saint-pierre-reunion']);
  expect(await slugs('call=hors-appel')).toHaveLength(2);
  expect(await slugs('q=gironde')).toContain('outil-sages-femmes-floirac');
  expect(await slugs('departement=2a')).toEqual(['repit-handicap-porto-vecchio']);
  const near = await list('near=33063&radius=60');
  expect(near.initiatives[0].distance_km).toBeLessThan(5);
  expect(near.without_place).toBe(7);
  expect(near.initiatives.map(({ slug }: { slug: string }) => slug)).toContain('sapph-gironde-la-reole');
});

test('a project that extends over an intercommunal body is found near its middle, and says how sure that is', async () => {
  const { initiatives } = await list('near=63397&radius=30');
  expect(initiatives.find(({ slug }: { slug: string }) => slug === 'soirees-sante-domes-sancy-artense')).toMatchObject({
    place: { kind: 'epci', code: '200069169', precision: 'epci', uncertainty_km: expect.any(Number) },
  });
});

test('the map has one feature a project, without geometry where the source names no place', async () => {
  const response = await ask(initiativesGeojsonEndpoint, '');
  expect(response.headers.get('content-type')).toBe('application/geo+json');
  const { type, features } = await response.json();
  expect(type).toBe('FeatureCollection');
  expect(features).toHaveLength(99);
  const nowhere = features.filter(({ geometry }: Any) => geometry === null);
  expect(nowhere.map(({ id }: Any) => id).sort()).toEqual([
    'aide-numerique-france-services',
    'annuaire-local-loiret',
    'creches-avip-ardeche',
    'criteres-d-attribution-loire',
    'entretien-postnatal-prematurite-franche-comte',
    'fais-moi-une-place-seine-saint-denis',
    'groupes-de-parents-caf',
  ]);
  for (const { geometry, properties } of features) {
    if (!geometry) continue;
    const [lon, lat] = geometry.coordinates;
    expect(Math.abs(lon)).toBeLessThanOrEqual(180);
    expect(Math.abs(lat)).toBeLessThanOrEqual(90);
    expect(properties.place.uncertainty_km).toBeGreaterThan(0);
  }
});

test('the spreadsheet opens in French software and runs no formula', async () => {
  context = await freshContext((db) =>
    db
      .updateTable('initiative')
      .set({ holder: '=HYPERLINK("http://mechant.example")' })
      .where('slug', '=', 'mamie-bohain')
      .execute(),
  );
  const response = await ask(initiativesCsvEndpoint, '');
  const bytes = new Uint8Array(await response.arrayBuffer());
  expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  const rows: Any[] = parse(new TextDecoder().decode(bytes), { columns: true, delimiter: ';' });
  expect(rows).toHaveLength(99);
  const caf = rows.find(({ identifiant }) => identifiant === 'groupes-de-parents-caf');
  expect(caf).toMatchObject({
    hors_appel: 'oui',
    code_commune: '',
    codes_departements: '05 | 22 | 38 | 62 | 64 | 65 | 93 | 974',
  });
  for (const row of rows) for (const value of Object.values(row)) expect(value).not.toMatch(/^[=+@]/);
});

test('the priorities and their themes', async () => {
  const answer = await (await ask(prioritiesEndpoint, '')).json();
  if ('parse' in prioritiesEndpoint.answer) prioritiesEndpoint.answer.parse(answer);
  expect(answer.priorities.map(({ initiatives }: Any) => initiatives)).toEqual([10, 11, 15, 14, 10, 12, 6, 15, 7, 5]);
});

test('a table without a row still names its columns', async () => {
  const [empty, whole] = await Promise.all(
    ['region=01', ''].map(async (query) => (await ask(initiativesCsvEndpoint, query)).text()),
  );
  expect(empty).toBe(whole?.slice(0, whole.indexOf('\n') + 1));
  expect(empty).toMatch(/^identifiant;titre;/);
});

describe('what cannot be understood is refused with a problem that names the parameter', () => {
  test.each([
    ['priority=11', 'priority'],
    ['priority=0', 'priority'],
    ['priority=un', 'priority'],
    ['priority=1,,2', 'priority'],
    ['priority=1.5', 'priority'],
    ['theme=inconnu', 'theme'],
    ['region=Bretagne', 'region'],
    ['departement=1', 'departement'],
    ['departement=35%27%3B--', 'departement'],
    ['call=concours', 'call'],
    ['near=00000', 'near'],
    ['near=rennes', 'near'],
    ['near=', 'near'],
    ['near=+', 'near'],
    ['near=35238&radius=0', 'radius'],
    ['near=35238&radius=1e9', 'radius'],
    ['near=35238&radius=NaN', 'radius'],
    ['radius=10', 'radius'],
    ['sort=distance', 'sort'],
    ['sort=title', 'sort'],
    ['page=0', 'page'],
    ['page=-1', 'page'],
    ['page=1.5', 'page'],
    ['per_page=101', 'per_page'],
    [`q=${'a'.repeat(201)}`, 'q'],
    ['priority=1&priority=2', 'priority'],
    ['unknown=1', 'unknown'],
    ['__proto__=1', '__proto__'],
    [`region=${'53,'.repeat(30)}53`, 'region'],
  ])('%s', async (query, field) => {
    const response = await ask(initiativesEndpoint, query);
    expect(response.status).toBe(400);
    expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('no-store');
    const text = await response.text();
    const problem = JSON.parse(text);
    expect(problem.errors.map((error: Any) => error.field)).toContain(field);
    for (const { message } of problem.errors) expect(message).toMatch(/attend|accepte|existe|demande|deux fois/);
    expect(text).not.toMatch(/select|\bat .*:\d+|node_modules|Error/);
  });

  test('pages and orders are the list’s own: the map does not take them', async () => {
    expect((await ask(initiativesGeojsonEndpoint, 'page=2')).status).toBe(400);
  });

  test('strange words find nothing and break nothing', async () => {
    for (const words of ['%00', "';drop table initiative;--", '((((', '\\', '💥', '%F0%9F', '*', '"" OR 1=1']) {
      expect((await ask(initiativesEndpoint, `q=${encodeURIComponent(words)}`)).status).toBe(200);
    }
  });
});
