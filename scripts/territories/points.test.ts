import { expect, test } from 'vitest';
import type { Place } from './places.ts';
import { type CommuneToPlace, placeCommunes } from './points.ts';

const commune = (code: string, name: string, more: Partial<CommuneToPlace> = {}): CommuneToPlace => ({
  code,
  name,
  departement: '35',
  epci: '243500139',
  postcodes: ['35000'],
  partOf: undefined,
  ...more,
});

const place = (name: string, lat: number, lon: number, more: Partial<Place> = {}): Place => ({
  name,
  lat,
  lon,
  feature: 'PPL',
  country: 'FR',
  commune: undefined,
  population: 1000,
  ...more,
});

test('the seat is preferred to a larger place of the same code, then the place of the same name', () => {
  const points = placeCommunes(
    [commune('35238', 'Rennes'), commune('35047', 'Bruz')],
    [
      place('Villejean', 48.12, -1.7, { commune: '35238', population: 900_000 }),
      place('Rennes', 48.11, -1.67, { commune: '35238', feature: 'PPLA' }),
      place('Pont-Réan', 48.0, -1.8, { commune: '35047', population: 50_000 }),
      place('BRUZ', 48.02, -1.75, { commune: '35047' }),
    ],
  );
  expect(points.get('35238')).toEqual({ lat: 48.11, lon: -1.67, precision: 'located', uncertaintyKm: 3 });
  expect(points.get('35047')?.lat).toBe(48.02);
});

test('a commune that GeoNames does not know takes the middle of its postcode, else of its EPCI', () => {
  const points = placeCommunes(
    [
      commune('35001', 'A'),
      commune('35002', 'B'),
      commune('35003', 'Même code postal'),
      commune('35004', 'Même EPCI', { postcodes: ['35999'] }),
    ],
    [place('A', 48, -1, { commune: '35001' }), place('B', 48.2, -1.2, { commune: '35002' })],
  );
  expect(points.get('35003')).toEqual({ lat: 48.1, lon: -1.1, precision: 'postcode', uncertaintyKm: 13 });
  expect(points.get('35004')).toEqual({ lat: 48.1, lon: -1.1, precision: 'epci', uncertaintyKm: 31 });
});

test('a place far from the whole of its EPCI is a mistake and is not believed', () => {
  const points = placeCommunes(
    [commune('40271', 'Sainte-Marie-de-Gosse'), commune('40001', 'Voisine'), commune('40002', 'Autre voisine')],
    [
      place('Sainte-Marie-de-Gosse', 44.2, -0.6, { commune: '40271' }),
      place('Voisine', 43.6, -1.3, { commune: '40001' }),
      place('Autre voisine', 43.5, -1.2, { commune: '40002' }),
    ],
  );
  expect(points.get('40271')?.precision).toBe('postcode');
  expect(points.get('40001')?.precision).toBe('located');
});

test('overseas, a name in the right territory is enough; without one the list by hand answers', () => {
  const polynesia = { departement: '987', epci: undefined, postcodes: [] };
  const points = placeCommunes(
    [commune('98715', 'Faaa', polynesia), commune('98740', 'Rangiroa', polynesia)],
    [place('Faaa', -17.56, -149.6, { country: 'PF' }), place('Rangiroa', 1, 1, { country: 'NC' })],
  );
  expect(points.get('98715')).toMatchObject({ lat: -17.56, precision: 'located' });
  expect(points.get('98740')).toMatchObject({ precision: 'manual', uncertaintyKm: 120 });
});

test('an arrondissement takes the place that bears its number', () => {
  const points = placeCommunes(
    [commune('69387', 'Lyon 7e arrondissement', { partOf: '69123', postcodes: ['69007'] })],
    [
      place('Lyon', 45.74, 4.84, { commune: '69123' }),
      place('Lyon 07', 45.73, 4.83, { commune: '69123', feature: 'PPLX' }),
    ],
  );
  expect(points.get('69387')).toMatchObject({ lat: 45.73, precision: 'located' });
});

test('a commune that nothing can place stops the preparation, with its name', () => {
  expect(() => placeCommunes([commune('35999', 'Nulle-Part', { epci: undefined, postcodes: [] })], [])).toThrow(
    /35999 Nulle-Part/,
  );
});
