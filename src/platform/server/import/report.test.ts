import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { ImportReport } from './importer.ts';
import { summarise, writeReport } from './report.ts';

const refused = Array.from({ length: 7 }, (_, at) => ({ line: at + 2, subject: '=1+1', reason: 'inconnu' }));
const report: ImportReport = { read: 1_010, added: 1_000, changed: 2, unchanged: 1, refused };

test('says in a few lines what was done, and shows the first refused lines only', () => {
  const said = summarise(report, { dryRun: false });
  expect(said).toContain('1\u202F010 lignes lues.');
  expect(said).toContain('1\u202F000 ajoutées, 2 changées, 1 déjà à jour.');
  expect(said).toContain('7 lignes écartées :');
  expect(said).toContain('  ligne 2 (=1+1) : inconnu');
  expect(said).not.toContain('ligne 8');
});

test('a dry run says that nothing was written', () => {
  const said = summarise({ ...report, refused: [] }, { dryRun: true });
  expect(said).toContain('seraient ajoutées');
  expect(said).toContain('Aucune ligne écartée.');
  expect(said).toContain('rien n’a été écrit');
});

test('the table of refused lines opens in a spreadsheet and runs no formula', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'reports-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = await writeReport(
    path.join(folder, 'new'),
    'communes',
    Temporal.Instant.from('2026-11-21T10:00:00Z'),
    report,
  );
  expect(path.basename(file)).toBe('import-communes-2026-11-21T10-00-00Z.csv');
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  expect(lines[0]).toBe('\uFEFFligne;objet;motif');
  expect(lines[1]).toBe("2;'=1+1;inconnu");
  expect(lines).toHaveLength(8);
});
