import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Database } from '#platform/server/database/database.ts';
import { createLogger } from '#platform/server/log.ts';
import { testDatabase } from '#testing/database.ts';
import { loadTerritories } from './load.ts';

const log = createLogger('silent');

const count = async (db: Database, table: 'commune' | 'former_commune' | 'epci' | 'departement' | 'region') =>
  (
    await db
      .selectFrom(table)
      .select(({ fn }) => fn.countAll<number>().as('rows'))
      .executeTakeFirstOrThrow()
  ).rows;

/** When PostgreSQL last wrote a commune: the transaction that made the newest row. */
const lastWrite = async (db: Database) =>
  (
    await db
      .selectFrom('territory_reference')
      .select(({ ref }) => ref('xmin' as 'fingerprint').as('xmin'))
      .execute()
  )[0];

const copyOfReference = (change: (communes: string) => string): string => {
  const folder = mkdtempSync(path.join(tmpdir(), 'reference-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  cpSync('reference', folder, { recursive: true });
  const file = path.join(folder, 'communes.tsv');
  writeFileSync(file, change(readFileSync(file, 'utf8')));
  return folder;
};

test('loads the whole of France; two processes that start together load it once', async () => {
  const { db } = await testDatabase('empty');
  await Promise.all([loadTerritories(db, 'reference', log), loadTerritories(db, 'reference', log)]);
  expect(await count(db, 'commune')).toBe(34_969 + 45);
  expect(await count(db, 'former_commune')).toBeGreaterThan(4_500);
  expect(await count(db, 'epci')).toBe(1_255);
  expect(await count(db, 'departement')).toBe(109);
  expect(await count(db, 'region')).toBe(26);
  expect(await db.selectFrom('commune').selectAll().where('code', '=', '75118').executeTakeFirst()).toMatchObject({
    name: 'Paris 18e arrondissement',
    part_of: '75056',
    departement: '75',
    epci: '200054781',
    postcodes: ['75018'],
    precision: 'manual',
  });
  const clipperton = db.selectFrom('commune').selectAll().where('code', '=', '98901');
  expect(await clipperton.executeTakeFirst()).toMatchObject({ population: null, epci: null, part_of: null });
});

test('a second start with the same files writes nothing', async () => {
  const { db } = await testDatabase('loaded');
  const before = await lastWrite(db);
  await loadTerritories(db, 'reference', log);
  expect(await lastWrite(db)).toEqual(before);
});

test('new files replace the old ones, and imported points stay', async () => {
  const { db } = await testDatabase('loaded');
  await db
    .insertInto('commune_point')
    .values({ code: '35238', lat: 48.1, lon: -1.7, source: 'IGN', uncertainty_km: 1 })
    .execute();
  const folder = copyOfReference((communes) =>
    communes.replace('\tRennes\t', '\tRennes-la-Nouvelle\t').replace(/^01001\t.*\n/m, ''),
  );
  await loadTerritories(db, folder, log);
  expect(await count(db, 'commune')).toBe(34_968 + 45);
  const rennes = db.selectFrom('commune').select('name').where('code', '=', '35238');
  expect(await rennes.executeTakeFirst()).toEqual({ name: 'Rennes-la-Nouvelle' });
  expect(await db.selectFrom('commune_point').select('source').execute()).toEqual([{ source: 'IGN' }]);
});

test('a damaged file changes nothing', async () => {
  const { db } = await testDatabase('loaded');
  const otherColumns = copyOfReference((communes) => communes.replace('postcodes', 'postes'));
  await expect(loadTerritories(db, otherColumns, log)).rejects.toThrow('unexpected columns');
  const impossible = copyOfReference((communes) => communes.replace('\t46.1525\t', '\t146.1525\t'));
  await expect(loadTerritories(db, impossible, log)).rejects.toThrow();
  expect(await count(db, 'commune')).toBe(34_969 + 45);
});
