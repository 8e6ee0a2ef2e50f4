import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { ImportNote } from '#platform/server/import/importer.ts';
import { testContext } from '#testing/context.ts';
import { testDatabase } from '#testing/database.ts';
import { pointsImporter } from './import-points.ts';
import { territoryIndex } from './territory-index.ts';

const fileOf = (content: string | Buffer): string => {
  const folder = mkdtempSync(path.join(tmpdir(), 'import-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = path.join(folder, 'points.csv');
  writeFileSync(file, content);
  return file;
};

const importing = async (...contents: string[]) => {
  const { db } = await testDatabase('loaded');
  const reports = [];
  for (const content of contents) {
    const refused: ImportNote[] = [];
    const tell = (note: ImportNote): unknown => refused.push(note);
    const report = await pointsImporter.run(testContext(db), fileOf(content), { dryRun: false, tell });
    if (!report.ok) throw new Error(report.error);
    reports.push({ ...report.value, refused });
  }
  return { db, reports };
};

const good = 'code_insee;lat;lon;source\n35238;48.1118;-1.6817;ign-2026\n97411;-20.9;55.45;ign-2026\n';

test('replaces the points, and the index shows them', async () => {
  const { db, reports } = await importing(good);
  expect(reports).toEqual([{ read: 2, added: 2, changed: 0, unchanged: 0, refused: [] }]);
  const index = await territoryIndex.build(db);
  expect(index.commune('35238')).toMatchObject({ lat: 48.1118, precision: 'imported', uncertaintyKm: 2 });
  expect(index.commune('35047')).toMatchObject({ precision: 'located' });
});

test('the same file again changes nothing; another one changes what differs', async () => {
  const { reports } = await importing(good, good, good.replace('48.1118', '48.1119'));
  expect(reports.slice(1)).toEqual([
    { read: 2, added: 0, changed: 0, unchanged: 2, refused: [] },
    { read: 2, added: 0, changed: 1, unchanged: 1, refused: [] },
  ]);
});

test('each bad line is reported with its number and its reason, and the good ones are kept', async () => {
  const { reports } = await importing(
    [
      'code_insee;lat;lon;source',
      '35238;48.1118;-1.6817;ign', // 2
      '99999;48;2;ign',
      'Rennes;48;2;ign',
      '50602;49.64;-1.58;ign',
      '35047;quarante-huit;-1.75;ign',
      '',
      '35047;48.02;-191;ign', // 8
      '35024;-1.6;48.17;ign',
      '35238;48.2;-1.7;ign',
      '35051',
      '"35051;48.12;-1.61;ign',
      '35281;48.06;-1.74;"ign"', // 13
    ].join('\r\n'),
  );
  expect(reports[0]?.added).toBe(2);
  expect(reports[0]?.refused.map(({ line, reason }) => [line, reason])).toEqual([
    [3, expect.stringContaining('n’existe pas')],
    [4, expect.stringContaining('bonne forme')],
    [5, expect.stringContaining('50129')],
    [6, expect.stringContaining('latitude')],
    [8, expect.stringContaining('longitude')],
    [9, expect.stringContaining('inversées')],
    [10, expect.stringContaining('plus haut')],
    [11, expect.stringContaining('latitude')],
    [12, expect.stringContaining('bonne forme')],
  ]);
});

test.each([
  ['commas and other names', '\uFEFFINSEE_COM,Longitude,Latitude\n35238,-1.6817,48.1118\n', 2],
  ['decimal commas and quotes', '"code";"lat";"lon"\n"35238";"48,1118";"-1,6817"\n', 2],
  ['a zero lost by a spreadsheet', 'code;lat;lon\n1053;46.2;5.2\n35238;48.1118;-1.6817\n', 2],
  ['its own uncertainty', 'code;lat;lon;incertitude_km\n35238;48.1118;-1.6817;0,5\n', 0.5],
  ['a source that calls itself approximate', 'code;lat;lon;source\n35238;48.1118;-1.6817;manuel-approx\n', 10],
])('reads a file with %s', async (_, content, uncertaintyKm) => {
  const { db, reports } = await importing(content);
  expect(reports[0]?.refused).toEqual([]);
  const index = await territoryIndex.build(db);
  expect(index.commune('35238')).toMatchObject({ lat: 48.1118, lon: -1.6817, uncertaintyKm });
});

test('a dry run reports the same and writes nothing', async () => {
  const { db } = await testDatabase('loaded');
  const report = await pointsImporter.run(testContext(db), fileOf(good), { dryRun: true });
  expect(report).toMatchObject({ ok: true, value: { added: 2 } });
  expect(await db.selectFrom('commune_point').select('code').execute()).toEqual([]);
});

test.each([
  ['that is missing', undefined, /ne peut pas être lu/],
  ['without the columns', 'nom;valeur\nRennes;1\n', /pas de colonne code_insee.*nom, valeur/],
  ['that is empty', '', /pas de colonne/],
  ['that is not text', `code;lat;lon\n${'x'.repeat(20_000)}`, /plus un tableau/],
])('refuses a file %s with a sentence', async (_, content, sentence) => {
  const { db } = await testDatabase('loaded');
  const file = content === undefined ? '/nowhere/points.csv' : fileOf(content);
  const report = await pointsImporter.run(testContext(db), file, { dryRun: false });
  expect(report).toEqual({ ok: false, error: expect.stringMatching(sentence) });
});
