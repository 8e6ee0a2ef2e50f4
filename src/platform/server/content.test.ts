import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { z } from 'zod';
import { readContent, readYaml } from './content.ts';

const directory = mkdtempSync(path.join(tmpdir(), 'content-'));
afterAll(() => rmSync(directory, { recursive: true }));

const row = z.strictObject({ id: z.string(), text: z.string().min(3), days: z.array(z.iso.date()).optional() });
const written = (text: string): string => {
  const file = path.join(directory, 'rows.yaml');
  writeFileSync(file, text);
  return file;
};

test.each([
  ['a value', '- id: a\n  text: bon\n- id: b\n  text: x\n', /rows\.yaml:4, b\.text : /],
  ['a field that is missing: the line of its row', '- id: a\n  text: bon\n- id: b\n', /rows\.yaml:3, b\.text : /],
  ['a field too many', '- id: a\n  text: bon\n  titre: x\n', /rows\.yaml:3, a\.titre : .*titre/],
  [
    'one value of a list',
    '- id: a\n  text: bon\n  days:\n    - 2026-01-01\n    - demain\n',
    /rows\.yaml:5, a\.days\.2 : /,
  ],
  ['what is not of the right shape at all', 'un texte\n', /rows\.yaml:1, le fichier : /],
  ['YAML that does not close', '- id: a\n  text: "bon\n', /rows\.yaml:\d, /],
])('%s is refused with the file, the line and the field', (_, text, said) => {
  expect(() => readYaml(written(text), z.array(row))).toThrow(said);
});

test('every fault is told, each on its line, in French', () => {
  const read = () => readYaml(written('- id: a\n  text: x\n- id: 3\n  text: bon\n'), z.array(row));
  expect(read).toThrow(/:2, a\.text[\s\S]*\n.*:3, 2\.id : .*attendu/);
});

test('the head of a text counts its lines from the top of the file', () => {
  const file = written('---\nid: a\ntext: x\n---\nUn texte');
  expect(() => readYaml(file, row, 'id: a\ntext: x', 1)).toThrow(/rows\.yaml:3, text : /);
});

test('the files of a folder come in the order of their names', () => {
  const folder = path.join(directory, 'folder');
  mkdirSync(folder);
  for (const name of ['b.yaml', 'a.yaml', 'notes.txt']) {
    writeFileSync(path.join(folder, name), 'id: x\ntext: bon\n');
  }
  expect(readContent(directory, 'folder', row).map(({ slug }) => slug)).toEqual(['a', 'b']);
});
