import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { announceChange, listenToChanges } from '#platform/server/database/changes.ts';
import type { Database } from '#platform/server/database/database.ts';
import { createLogger } from '#platform/server/log.ts';
import { testDatabase } from '#testing/database.ts';
import { INITIATIVES_TOPIC, loadInitiatives } from './seed.ts';

const log = createLogger('silent');

const rows = (db: Database) => db.selectFrom('initiative').selectAll().orderBy('slug').execute();

test('fills the table, and changes nothing the second time', async () => {
  const { db } = await testDatabase('empty');
  await loadInitiatives(db, 'content', log);
  const first = await rows(db);
  expect(first).toHaveLength(99);
  expect(first.find(({ slug }) => slug === 'baby-bus-reunion')).toMatchObject({
    ...{ origin: 'document-000', name: 'Baby Bus', commune: '97411', epci: null, priorities: [4] },
    ...{ calls: ['accueil-pour-tous', 'enfance-egalite'], source: { lines: [570], region: 'Réunion' } },
  });
  await loadInitiatives(db, 'content', log);
  expect(await rows(db)).toEqual(first);
});

test('tells the other processes when something changed, and only then', async () => {
  const { db, url } = await testDatabase('empty');
  const changes = listenToChanges(url, () => {});
  onTestFinished(() => changes.stop());
  let told = 0;
  changes.on(INITIATIVES_TOPIC, () => {
    told += 1;
  });
  // What is announced is heard in its order: once a mark is heard, so is all that came before it.
  let marks = 0;
  const toldAfter = async (work: () => Promise<void>): Promise<number> => {
    const before = told;
    await work();
    marks += 1;
    const mark = `mark-${marks}`;
    let heard = false;
    changes.on(mark, () => {
      heard = true;
    });
    // Said again until it is heard: the listener may still be connecting.
    await expect.poll(() => announceChange(db, mark).then(() => heard), { timeout: 10_000 }).toBe(true);
    return told - before;
  };
  await toldAfter(async () => {});
  expect(await toldAfter(() => loadInitiatives(db, 'content', log))).toBe(1);
  expect(await toldAfter(() => loadInitiatives(db, 'content', log))).toBe(0);
});

test('follows the files: one changed, one removed', async () => {
  const { db } = await testDatabase('empty');
  const directory = copyOfContent();
  await loadInitiatives(db, directory, log);
  const file = path.join(directory, 'initiatives', 'mamie-bohain.yaml');
  writeFileSync(file, readFileSync(file, 'utf8').replace(/^holder: .*/m, 'holder: Centre social de Bohain'));
  rmSync(path.join(directory, 'initiatives', 'chemins-de-la-joie-limoges.yaml'));
  await loadInitiatives(db, directory, log);
  const after = await rows(db);
  expect(after).toHaveLength(98);
  expect(after.find(({ slug }) => slug === 'mamie-bohain')?.holder).toBe('Centre social de Bohain');
});

test('leaves rows of another origin as they are, even on the slug of a file', async () => {
  const { db } = await testDatabase('empty');
  const laureate = {
    ...{
      slug: 'mamie-bohain',
      origin: 'appel-2027',
      title: 'Une lauréate',
      holder: 'Une association',
      summary: 'Un essai.',
    },
    ...{ calls: [], priorities: [4], themes: [], regions: ['32'], departements: ['02'], notes: '[]', source: '{}' },
  };
  await db.insertInto('initiative').values(laureate).execute();
  await db
    .insertInto('initiative')
    .values({ ...laureate, slug: 'une-laureate' })
    .execute();
  await loadInitiatives(db, 'content', log);
  await loadInitiatives(db, 'content', log);
  const after = await rows(db);
  expect(after.filter(({ origin }) => origin === 'appel-2027').map(({ slug, title }) => [slug, title])).toEqual([
    ['mamie-bohain', 'Une lauréate'],
    ['une-laureate', 'Une lauréate'],
  ]);
  expect(after).toHaveLength(99 + 1);
});

test('two processes that start together load it once', async () => {
  const { db } = await testDatabase('empty');
  await Promise.all([loadInitiatives(db, 'content', log), loadInitiatives(db, 'content', log)]);
  expect(await rows(db)).toHaveLength(99);
});

const copyOfContent = (): string => {
  const directory = mkdtempSync(path.join(tmpdir(), 'initiatives-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  cpSync('content', directory, { recursive: true });
  return directory;
};
