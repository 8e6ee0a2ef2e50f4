import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import type { Database } from '#platform/server/database/database.ts';
import { testDatabase } from '#testing/database.ts';

const folder = (): string => {
  const made = mkdtempSync(path.join(tmpdir(), 'import-command-'));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
};

/** Starts the command as an operator does, on a database of its own. */
const start = (url: string, dataDir: string, ...words: string[]) => {
  const env = { ...process.env, DATABASE_URL: url, DATA_DIR: dataDir, LOG_LEVEL: 'silent', GEOCODER_URL: '' };
  const child = spawn(process.execPath, ['scripts/import.ts', ...words], { env });
  const said = { text: '' };
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said.text += String(chunk)));
  return { child, said, ended: once(child, 'exit').then(([code]) => ({ code, text: said.text })) };
};

const mapping = 'source: { id: crash, titre: Lieux d’essai }\nconstantes: { type: pmi, commune: Rennes }\n';
const table = (rows: number): string =>
  ['id;nom', ...Array.from({ length: rows }, (_, at) => `${at};PMI numéro ${at}`)].join('\n');

const placesIn = async (db: Database): Promise<number> => {
  const { rows } = await sql<{ count: number }>`select count(*) from place where source = 'crash'`.execute(db);
  return rows[0]?.count ?? 0;
};

test('what is killed in the middle has lost nothing and is completed by running again', async () => {
  const { db, url } = await testDatabase('loaded');
  const here = folder();
  writeFileSync(path.join(here, 'mapping.yaml'), mapping);
  writeFileSync(path.join(here, 'places.csv'), table(6_000));
  const words = ['lieux', path.join(here, 'places.csv'), '--mapping', path.join(here, 'mapping.yaml')];

  const killed = start(url, here, ...words);
  await expect.poll(() => placesIn(db), { timeout: 60_000, interval: 20 }).toBeGreaterThan(500);
  killed.child.kill('SIGKILL');
  await killed.ended;
  const kept = await placesIn(db);
  expect(kept).toBeLessThan(6_000);
  // Each place that is there is whole: with its service and its offer.
  const { rows } = await sql<{ count: number }>`
    select count(*) from place join service using (source_ref) join offer on offer.place_id = place.id
    where place.source = 'crash'`.execute(db);
  expect(rows[0]?.count).toBe(kept);

  const again = await start(url, here, ...words).ended;
  expect(again.code).toBe(0);
  const number = (value: number): string => value.toLocaleString('fr-FR');
  expect(again.text).toContain(`${number(6_000 - kept)} ajoutées, 0 changées, ${number(kept)} déjà à jour.`);
  expect(await placesIn(db)).toBe(6_000);
  expect(await db.selectFrom('import_seen').select('run').execute()).toEqual([]);
}, 180_000);

test('brings a file from an address, tells line by line, and ends with what became of it', async () => {
  const { db, url } = await testDatabase('loaded');
  const here = folder();
  writeFileSync(path.join(here, 'mapping.yaml'), mapping);
  const server = createServer((_, response) => response.end('id;nom\n1;PMI;trop\n2;PMI du port\n')).listen(
    0,
    '127.0.0.1',
  );
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/lieux.csv`;
  const words = [address, '--mapping', path.join(here, 'mapping.yaml')];

  const { code, text } = await start(url, here, 'lieux', ...words).ended;
  expect(code).toBe(0);
  expect(text).toContain('1 ligne écartée :\n  ligne 2 (PMI) : 3 colonnes au lieu de 2');
  const [report = ''] = readdirSync(path.join(here, 'reports'));
  expect(readFileSync(path.join(here, 'reports', report), 'utf8')).toContain('2;écartée;PMI;3 colonnes au lieu de 2');
  expect(await placesIn(db)).toBe(1);
}, 60_000);

test.each([
  [['nulle-part', 'x.csv'], /n’existe pas/],
  [['lieux', 'x.csv'], /demande --mapping/],
  [['finess', 'x.csv', '--mapping', 'y'], /ne prend pas/],
  [['finess'], /Usage/],
  [['finess', 'x', '--oui'], /--oui/],
])('%s is not understood, and the usage is shown', async (words, sentence) => {
  const { code, text } = await start('postgres://nobody@127.0.0.1:1/none', folder(), ...words).ended;
  expect(code).toBe(2);
  expect(text).toMatch(sentence);
  expect(text).toContain('Usage : npm run import');
});
