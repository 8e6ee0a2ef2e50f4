import fc from 'fast-check';
import { expect, test } from 'vitest';
import { referenceRows } from '#testing/reference-rows.ts';
import { formatTerritory, parseTerritory, territoryPath } from './territory-code.ts';

test.each([
  ['region:84', { kind: 'region', code: '84' }],
  ['departement:75', { kind: 'departement', code: '75' }],
  ['departement:2a', { kind: 'departement', code: '2A' }],
  ['departement:974', { kind: 'departement', code: '974' }],
  ['epci:243500139', { kind: 'epci', code: '243500139' }],
  ['commune:2A004', { kind: 'commune', code: '2A004' }],
])('%s', (text, expected) => {
  expect(parseTerritory(text)).toEqual({ ok: true, value: expected });
});

test.each(['', '75', 'region:', 'region:2A', 'region:843', 'departement:2C', 'epci:35238', 'commune:3523', 'pays:FR'])(
  'refuses « %s » with a sentence',
  (text) => {
    expect(parseTerritory(text)).toMatchObject({ ok: false, error: { code: 'bad_territory' } });
  },
);

test('every code of France makes the round trip', () => {
  for (const [file, kind] of [
    ['regions', 'region'],
    ['departements', 'departement'],
    ['epci', 'epci'],
    ['communes', 'commune'],
  ])
    for (const { code } of referenceRows(file ?? '')) {
      const parsed = parseTerritory(`${kind}:${code}`);
      expect(parsed.ok && formatTerritory(parsed.value), code).toBe(`${kind}:${code}`);
    }
});

test('no text makes it throw, and what it accepts it writes back', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const parsed = parseTerritory(text);
      return !parsed.ok || formatTerritory(parsed.value).toLowerCase() === text.trim().toLowerCase();
    }),
  );
});

test('the addresses are those that were promised', () => {
  const parsed = ['region:84', 'departement:75', 'epci:243500139', 'commune:35238'].map(parseTerritory);
  expect(parsed.map((territory) => territory.ok && territoryPath(territory.value))).toEqual([
    '/territoires/regions/84',
    '/territoires/departements/75',
    '/territoires/epci/243500139',
    '/territoires/communes/35238',
  ]);
});
