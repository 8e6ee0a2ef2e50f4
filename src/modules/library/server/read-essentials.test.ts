import { describe, expect, test } from 'vitest';
import { countWords } from '../article.ts';
import { pictureNames, versions } from '../essential.ts';
import { pictures } from '../ui/pictures.ts';
import { readArticles } from './read-articles.ts';
import { readEssentials } from './read-essentials.ts';

const essentials = readEssentials('content', readArticles('content'));

test('fifteen messages, each with its own picture', () => {
  expect(essentials.map(({ number }) => number)).toEqual(Array.from({ length: 15 }, (_, index) => index + 1));
  expect(new Set(essentials.map(({ picture }) => picture))).toEqual(new Set(pictureNames));
  expect(Object.keys(pictures).sort()).toEqual([...pictureNames].sort());
});

test('a message that leads nowhere is refused with its name', () => {
  expect(() => readEssentials('content', [])).toThrow(/content\/essentials\/01-.*:\d+, no article/);
});

describe.each(essentials)('message $number', ({ texts }) => {
  test('keeps in every version the numbers to dial of the French', () => {
    const dialled = (lines: readonly string[]) =>
      [...new Set(lines.join(' ').match(/\b(15|17|112|114|115|119|3114|3919)\b/g))].sort();
    for (const version of versions.filter((other) => other !== 'easy'))
      expect(dialled(texts[version].lines), version).toEqual(dialled(texts.fr.lines));
  });

  test('is written in the script of its language', () => {
    expect(texts.ar.title).toMatch(/\p{Script=Arabic}/u);
    expect(texts.uk.title).toMatch(/\p{Script=Cyrillic}/u);
    for (const version of ['en', 'pt', 'es', 'tr'] as const) expect(texts[version].title).toMatch(/\p{Script=Latin}/u);
  });

  test('is easy in its easy version, and typeset in French', () => {
    for (const line of texts.easy.lines) expect(countWords(line), line).toBeLessThanOrEqual(12);
    const french = [texts.fr, texts.easy].flatMap(({ title, lines }) => [title, ...lines]).join('\n');
    expect(french).not.toMatch(/'| [:;?!»]|« |!|0 800 200 000/);
  });
});
