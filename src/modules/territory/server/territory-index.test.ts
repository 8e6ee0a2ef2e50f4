import { expect, test } from 'vitest';
import { testDatabase } from '#testing/database.ts';
import type { CommuneCode, DepartementCode, EpciCode, RegionCode } from '../territory-code.ts';
import { territoryIndex } from './territory-index.ts';

const buildIndex = async () => {
  const { db } = await testDatabase('loaded');
  await db
    .insertInto('commune_point')
    .values({ code: '35238', lat: 48.5, lon: -1.5, source: 'IGN', uncertainty_km: 2 })
    .execute();
  return territoryIndex.build(db);
};

const region = (code: string) => ({ kind: 'region', code: code as RegionCode }) as const;
const departement = (code: string) => ({ kind: 'departement', code: code as DepartementCode }) as const;
const epci = (code: string) => ({ kind: 'epci', code: code as EpciCode }) as const;
const commune = (code: string) => ({ kind: 'commune', code: code as CommuneCode }) as const;

test('finds every kind of territory and what is in it', async () => {
  const index = await buildIndex();

  expect(index.commune('35047')).toMatchObject({ name: 'Bruz', departement: '35', region: '53', epci: '243500139' });
  expect(index.commune('2a004')?.name).toBe('Ajaccio');
  expect(index.commune('50602')?.name).toBe('Cherbourg-en-Cotentin');
  expect(index.commune('01015')?.name).toBe('Arboys en Bugey');
  expect(index.commune('99999')).toBeUndefined();
  expect(index.epci('243500139')?.name).toBe('Rennes Métropole');
  expect(index.departement('75')?.name).toBe('Paris');
  expect(index.region('75')?.name).toBe('Nouvelle-Aquitaine');

  expect(index.communesOf(departement('75')).map(({ code }) => code)).toEqual(['75056']);
  expect(index.arrondissementsOf('75056' as CommuneCode)).toHaveLength(20);
  expect(index.communesOf(epci('243500139'))).toHaveLength(43);
  expect(index.communesOf(departement('976'))).toHaveLength(17);
  expect(index.communesOf(region('06'))).toHaveLength(17);
  expect(index.communesOf(region('99'))).toEqual([]);
  expect(index.formerNamesOf('50129' as CommuneCode)).toContain('Tourlaville');

  expect(index.describe(region('53'))).toEqual({ name: 'Bretagne', locative: 'en Bretagne' });
  expect(index.describe(departement('35'))?.locative).toBe('en Ille-et-Vilaine');
  expect(index.describe(epci('243500139'))?.locative).toBe('à Rennes Métropole');
  expect(index.describe(commune('76351'))?.locative).toBe('au Havre');
  expect(index.describe(commune('00000'))).toBeUndefined();

  const names = index.communesOf(departement('88')).map(({ name }) => name);
  expect(names.indexOf('Épinal')).toBeGreaterThan(names.indexOf('Dompaire'));
  expect(names.indexOf('Épinal')).toBeLessThan(names.indexOf('Fraize'));
});

test('an imported point wins, and the nearest communes come from it', async () => {
  const index = await buildIndex();
  expect(index.commune('35238')).toMatchObject({ lat: 48.5, lon: -1.5, precision: 'imported', uncertaintyKm: 2 });
  const around = index.nearest({ lat: 48.5, lon: -1.5 }, { limit: 3 });
  expect(around[0]).toMatchObject({ distanceKm: 0, item: { name: 'Rennes' } });
  expect(around).toHaveLength(3);
});

test('every former code leads to a commune of today, and every commune is in one département and one region', async () => {
  const index = await buildIndex();
  for (const { code, departement, region } of index.communes) {
    expect(index.departement(departement)?.region, code).toBe(region);
    expect(index.region(region), code).toBeDefined();
  }
  const inRegions = index.regions.reduce((sum, { code }) => sum + index.communesOf({ kind: 'region', code }).length, 0);
  expect(inRegions).toBe(34_969);
});
