import { describe, expect, test } from 'vitest';
import { articles, audienceNames, momentOf, stageNames, themeNames } from './articles.ts';
import { booklet } from './booklet.ts';
import { read } from './read.ts';

const sentences = (value: unknown): string[] =>
  typeof value === 'string' ? [value] : Object.values(value ?? {}).flatMap(sentences);

test.each(sentences([articles, audienceNames, stageNames, themeNames, booklet, read]))('« %s » is typeset', (text) => {
  expect(text).not.toMatch(/'| [:;?!»]|« /);
});

describe('a moment in words', () => {
  test.each([
    [-15, -9, 'Avant la grossesse'],
    [-15, 48, 'À tout moment'],
    [-9, 0, 'Pendant la grossesse'],
    [-9, 36, 'Du début de la grossesse à 3 ans'],
    [-7, 0, 'Du 3e mois de grossesse à la naissance'],
    [-1, 24, 'Du 9e mois de grossesse à 2 ans'],
    [-15, 24, 'Du projet d’enfant à 2 ans'],
    [0, 3, 'De la naissance à 3 mois'],
    [0, 12, 'De la naissance à 1 an'],
    [2, 18, 'De 2 mois à 18 mois'],
    [24, 44, 'De 2 ans à 44 mois'],
  ])('[%i, %i[ is « %s »', (from, to, words) => {
    expect(momentOf({ from, to }).replaceAll('\u00a0', ' ')).toBe(words);
  });
});
