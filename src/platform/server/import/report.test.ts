import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { ImportReport } from './importer.ts';
import { openReport, summarise } from './report.ts';

const report: ImportReport = { read: 1_010, added: 1_000, changed: 2, unchanged: 1 };

const opened = async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'reports-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return openReport(path.join(folder, 'new'), 'communes', Temporal.Instant.from('2026-11-21T10:00:00Z'));
};

test('says in a few lines what was done, and shows the first notes of each kind only', async () => {
  const file = await opened();
  for (let line = 2; line < 9; line += 1) file.tell({ kind: 'refused', line, subject: '=1+1', reason: 'inconnu' });
  file.tell({ kind: 'closed', subject: 'PMI', reason: 'n’est plus dans le fichier' });
  const said = summarise({ ...report, trouble: 'À vous de voir.' }, file.told, { dryRun: false });
  expect(said).toContain('1\u202F010 lignes lues.');
  expect(said).toContain('1\u202F000 ajoutées, 2 changées, 1 déjà à jour.');
  expect(said).toContain('7 lignes écartées :');
  expect(said).toContain('  ligne 2 (=1+1) : inconnu');
  expect(said).not.toContain('ligne 8');
  expect(said).toContain('  PMI : n’est plus dans le fichier');
  expect(said).toContain('À vous de voir.');
  await file.close();
});

test('a dry run says that nothing was written', async () => {
  const file = await opened();
  const said = summarise(report, file.told, { dryRun: true });
  expect(said).toContain('seraient ajoutées');
  expect(said).toContain('Aucune ligne écartée.');
  expect(said).toContain('rien n’a été écrit');
  await file.close();
});

test('the report opens in a spreadsheet and runs no formula', async () => {
  const file = await opened();
  for (let line = 2; line < 9; line += 1) file.tell({ kind: 'refused', line, subject: '=1+1', reason: 'in;connu' });
  file.tell({ kind: 'duplicate', subject: 'PMI', reason: 'même adresse' });
  const where = await file.close();
  expect(path.basename(where)).toBe('import-communes-2026-11-21T10-00-00.000Z.csv');
  const lines = readFileSync(where, 'utf8').trimEnd().split('\n');
  expect(lines[0]).toBe('\uFEFFligne;suite;objet;motif');
  expect(lines[1]).toBe('2;écartée;\'=1+1;"in;connu"');
  expect(lines[8]).toBe(';doublon probable;PMI;même adresse');
  expect(lines).toHaveLength(9);
});
