import fc from 'fast-check';
import { expect, it } from 'vitest';
import { listOf } from './segment.ts';
import { wordListMaker } from './word-lists.ts';

const encoder = new TextEncoder();

it('lists the rows of each word, whatever the words and however many', () => {
  const word = fc.string({ minLength: 1, maxLength: 6 }).map((text) => text.replaceAll(' ', '_'));
  fc.assert(
    fc.property(fc.array(fc.array(word, { maxLength: 12 }), { maxLength: 300 }), (texts) => {
      const maker = wordListMaker();
      const expected = new Map<string, number[]>();
      texts.forEach((words, row) => {
        const distinct = [...new Set(words)];
        maker.addAll(encoder.encode(distinct.join(' ')), row);
        for (const one of distinct) expected.set(one, [...(expected.get(one) ?? []), row]);
      });
      const lists = maker.finish();
      expect(lists.nameStarts.length - 1).toBe(expected.size);
      for (const [one, rows] of expected) expect([...listOf(lists, one)]).toEqual(rows);
      expect([...listOf(lists, 'absent de tous')]).toEqual([]);
    }),
  );
});

it('grows: a hundred thousand different words are all found again', () => {
  const maker = wordListMaker();
  for (let at = 0; at < 100_000; at += 1) maker.addAll(encoder.encode(`mot${at} é`), at);
  const lists = maker.finish();
  for (const at of [0, 1, 4_095, 4_096, 65_535, 99_999]) expect([...listOf(lists, `mot${at}`)]).toEqual([at]);
  expect(listOf(lists, 'é').length).toBe(100_000);
});
