import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readPriorities } from './index.ts';

const priorities = readPriorities('content');

test('the ten priorities, in order', () => {
  expect(priorities.map(({ number, title }) => `${number} ${title}`)).toEqual([
    '1 Informer les parents',
    '2 Accompagner les parents',
    '3 Répondre aux besoins particuliers',
    '4 Partager et souffler',
    '5 Un environnement sain et sûr',
    '6 Éveiller les tout-petits',
    '7 Concilier famille et travail',
    '8 Accueillir les jeunes enfants',
    '9 Former les professionnels',
    '10 Pères et seconds parents',
  ]);
});

test.each(priorities)('priority $number is explained in 150 to 250 words, with real apostrophes', (priority) => {
  const text = priority.explanation.join(' ');
  const count = text.split(/\s+/).filter((word) => /\p{L}/u.test(word)).length;
  expect(count).toBeGreaterThanOrEqual(150);
  expect(count).toBeLessThanOrEqual(250);
  expect(`${text}${priority.lead}${priority.title}`).not.toMatch(/'| [:;?!»]|« /);
});

test('themes are those of the document: 48 sub-headings, none for the tenth priority', () => {
  expect(priorities.map(({ themes }) => themes.length)).toEqual([5, 6, 7, 6, 5, 6, 3, 7, 3, 0]);
});

test.each([
  ['a field that is missing', '04-partager-et-souffler.yaml', 'number: 4\n', '04-partager-et-souffler.yaml:1, title'],
  ['text that is not YAML', '04-partager-et-souffler.yaml', 'number: [4\n', '04-partager-et-souffler.yaml:2, '],
])('%s is refused with the file and the line', (_what, file, text, message) => {
  expect(() => readPriorities(copyWith(file, text))).toThrow(message);
});

/** The real content, with one file replaced. */
const copyWith = (file: string, text: string): string => {
  const directory = mkdtempSync(path.join(tmpdir(), 'priorities-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  cpSync('content/priorities', path.join(directory, 'priorities'), { recursive: true });
  writeFileSync(path.join(directory, 'priorities', file), text);
  return directory;
};
