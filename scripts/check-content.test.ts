import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { faultsOfContent } from './check-content.ts';

test('the content that is shipped holds', () => {
  expect(faultsOfContent('content')).toEqual([]);
});

test.each([
  ['schedule/02-grossesse.yaml', 'level: required', 'level: oblige', /02-grossesse\.yaml:9, gro-exam-1\.level : /],
  ['schedule/02-grossesse.yaml', 'when: pregnant', 'when: enceinte', /:\d+, gro-exam-1\.when : « enceinte »/],
  [
    'schedule/09-perte.yaml',
    'deuil-perinatal]',
    'nulle-part]',
    /09-perte\.yaml:\d+, perte-\S+\.articles : .*nulle-part/,
  ],
  ['articles/pleurs.md', 'from: 0', 'from: zéro', /pleurs\.md:4, from : /],
  ['articles/sources.yaml', 'publisher: ', 'editeur: ', /sources\.yaml:\d+, .*publisher : /],
  ['essentials/08-dormir-sur-le-dos.yaml', 'picture: ', 'image: ', /08-dormir-sur-le-dos\.yaml:\d+, image : /],
  ['help/helplines.yaml', "number: '15'", 'number: quinze', /helplines\.yaml:8, samu\.number : /],
  ['priorities/01-informer.yaml', 'number: 1', 'number: 11', /01-informer\.yaml:1, number : /],
  [
    'directory/baby-bus-la-reunion.yaml',
    'kind: itinerant',
    'kind: bus',
    /baby-bus-la-reunion\.yaml:\d+, services\.2\.kind : /,
  ],
])('%s: a fault stops the build, with its file, its line and its field', (file, right, wrong, said) => {
  const directory = mkdtempSync(path.join(tmpdir(), 'content-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  cpSync('content', directory, { recursive: true });
  const written = readFileSync(path.join(directory, file), 'utf8');
  expect(written).toContain(right);
  writeFileSync(path.join(directory, file), written.replace(right, wrong));
  expect(faultsOfContent(directory).join('\n')).toMatch(said);
});

test('the build ends there, and says so to whoever runs it', () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'content-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  cpSync('content', directory, { recursive: true });
  const file = path.join(directory, 'schedule', '02-grossesse.yaml');
  writeFileSync(file, readFileSync(file, 'utf8').replace('level: required', 'level: oblige'));
  const { status, stderr } = spawnSync(process.execPath, ['scripts/build.ts'], {
    env: { ...process.env, CONTENT_DIR: directory },
    encoding: 'utf8',
  });
  expect(status).toBe(1);
  expect(stderr).toMatch(/ne peuvent pas être publiés[\s\S]*02-grossesse\.yaml:9, gro-exam-1\.level/);
});
