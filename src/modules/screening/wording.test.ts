import { describe, expect, test } from 'vitest';
import { epdsItems } from './epds.ts';
import { everyWording } from './server/wordings/all.ts';
import { french } from './server/wordings/fr.ts';
import { frenchAdapted } from './server/wordings/fr-accord.ts';
import { wordingFaults } from './wording.ts';

describe.each(everyWording.map((wording) => [wording.id, wording] as const))('%s', (_, wording) => {
  test('has ten items, and each point once in each', () => {
    expect(wordingFaults(wording)).toEqual([]);
    expect(wording.items.map(({ item }) => item)).toEqual([...epdsItems]);
  });

  test('names the authors, the title and the source, and its holder', () => {
    const cited = wording.citations.join(' ');
    for (const words of ['Cox', 'Holden', 'Sagovsky', '1987', 'British Journal of Psychiatry', 'Royal College']) {
      expect(cited).toContain(words);
    }
    if (wording.lang === 'fr') expect(cited).toContain('Guedeney');
  });
});

test('points do not follow the rank: items 1, 2 and 4 go up, the others go down', () => {
  const up = [0, 1, 2, 3];
  for (const wording of everyWording) {
    for (const { item, answers } of wording.items) {
      expect(
        answers.map(({ points }) => points),
        `${wording.id} ${item}`,
      ).toEqual([1, 2, 4].includes(item) ? up : up.toReversed());
    }
  }
});

test('a fault in a wording is named', () => {
  const broken = {
    ...french,
    items: french.items.flatMap((worded) =>
      worded.item === 1 ? [{ ...worded, answers: worded.answers.slice(1) }] : worded.item === 2 ? [] : [worded],
    ),
  };
  expect(wordingFaults(broken)).toEqual(['item 2 is not there exactly once', 'item 1: 0 is not there exactly once']);
});

test('the adapted wording changes agreements only, says so, and keeps points and order', () => {
  expect(frenchAdapted.name).toBe('Accord adapté, non validé');
  const bare = (text: string) => text.replace(/\((e|se)\)/g, '').replace(/sentie|senti\b/g, 'senti');
  for (const [index, { statement, answers }] of frenchAdapted.items.entries()) {
    const published = french.items[index];
    expect(answers.map(({ points }) => points)).toEqual(published?.answers.map(({ points }) => points));
    const letters = (text: string) =>
      bare(text)
        .replace(/euse\b/g, 'eux')
        .replace(/ée\b/g, 'é')
        .replace(/iète\b/g, 'iet')
        .replace(/confiante/, 'confiant');
    expect(letters(statement)).toBe(letters(published?.statement ?? ''));
    for (const [rank, answer] of answers.entries())
      expect(letters(answer.text)).toBe(letters(published?.answers[rank]?.text ?? ''));
  }
});
