import { expect, test } from 'vitest';
import { parseQuery } from '#platform/server/http/endpoint.ts';
import { testContext } from '#testing/context.ts';
import { testDatabase } from '#testing/database.ts';
import { testIndexes } from '#testing/indexes.ts';
import { communesEndpoint } from './communes-endpoint.ts';
import { territoryIndex } from './territory-index.ts';

const ask = async (query: string) => {
  const { db } = await testDatabase('loaded');
  const parsed = parseQuery(communesEndpoint.query, new URLSearchParams(query));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  const answer = await communesEndpoint.run(
    testContext(db, { indexes: await testIndexes(db, [territoryIndex]) }),
    parsed.value,
    new Request('http://localhost/'),
  );
  if (answer instanceof Response) throw new Error('a value was expected');
  if ('parse' in communesEndpoint.answer) communesEndpoint.answer.parse(answer);
  return answer.communes;
};

test('gives all that a form needs to know of a commune, in the promised shape', async () => {
  const communes = await ask('q=tourlaville&limit=1');
  expect(communes).toEqual([
    {
      code: '50129',
      name: 'Cherbourg-en-Cotentin',
      postcodes: expect.arrayContaining(['50100', '50110']),
      part_of: null,
      departement: { code: '50', name: 'Manche' },
      region: { code: '28', name: 'Normandie' },
      epci: { code: '200067205', name: 'Communauté d’agglomération du Cotentin' },
      population: expect.any(Number),
      lat: expect.closeTo(49.64, 1),
      lon: expect.closeTo(-1.63, 1),
      precision: 'located',
      uncertainty_km: 3,
      former_name: 'Tourlaville',
    },
  ]);
});

test('says that an island has no intercommunal body, and that an arrondissement is part of a city', async () => {
  expect((await ask('q=29083'))[0]).toMatchObject({ name: 'Île-de-Sein', epci: null, precision: 'manual' });
  expect((await ask('q=69007'))[0]).toMatchObject({ code: '69387', part_of: '69123' });
});

test.each([
  ['', 'q'],
  ['q=', 'q'],
  [`q=${'a'.repeat(101)}`, 'q'],
  ['q=rennes&limit=21', 'limit'],
  ['q=rennes&limit=0', 'limit'],
  ['q=rennes&limit=deux', 'limit'],
  ['q=rennes&lon=2', 'lon'],
])('« %s » is refused and names %s, in French', (query, field) => {
  const parsed = parseQuery(communesEndpoint.query, new URLSearchParams(query));
  expect(parsed).toMatchObject({
    ok: false,
    errors: [{ field, message: expect.stringMatching(/attend|accepte|existe/) }],
  });
});
