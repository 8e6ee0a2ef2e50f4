import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type GatheredWords, gatherWords } from './gathered-words.ts';
import { listOf, nameAt } from './segment.ts';

const encoder = new TextEncoder();

/** Adds a text that lies in the middle of something else, as in what the database sends. */
const add = (maker: GatheredWords, words: string): void => {
  const [before, text] = [encoder.encode('avant '), encoder.encode(words)];
  const bytes = Uint8Array.from([...before, ...text, ...encoder.encode('après')]);
  maker.addAll(bytes, before.length, before.length + text.length);
};

it('lists the rows of each word, whatever the words and however many', () => {
  // Short ones, and long ones that begin or end alike.
  const word = fc
    .tuple(
      fc.constantFrom('', '', 'é', 'allaite', 'accompagnement'),
      fc.string({ minLength: 1, maxLength: 6 }),
      fc.constantFrom('', '', 'ment', 'consultation'),
    )
    .map((parts) => parts.join('').replaceAll(' ', '_'));
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.array(word, { maxLength: 12 }), fc.nat()), { maxLength: 300 }), (drawn) => {
      const maker = gatherWords();
      for (const [words] of drawn) add(maker, [...new Set(words)].join(' '));
      // Rows are numbered in another order than the one in which they came.
      const order = drawn.map((_, came) => came).sort((a, b) => (drawn[a]?.[1] ?? 0) - (drawn[b]?.[1] ?? 0));
      const expected = new Map<string, number[]>();
      order.forEach((came, row) => {
        for (const one of new Set(drawn[came]?.[0])) expected.set(one, [...(expected.get(one) ?? []), row]);
      });
      const lists = maker.toLists(Uint32Array.from(order));
      expect(lists.nameStarts.length - 1).toBe(expected.size);
      for (const [one, rows] of expected) expect([...listOf(lists, one)]).toEqual(rows);
      expect([...listOf(lists, 'absent de tous')]).toEqual([]);
      const { words, wordStarts, ...names } = maker.toRowWords(Uint32Array.from(order));
      order.forEach((came, row) => {
        const told = [...words.subarray(wordStarts[row], wordStarts[row + 1])].map((rank) => nameAt(names, rank));
        expect(told).toEqual([...new Set(drawn[came]?.[0])]);
      });
    }),
  );
});

it('grows: a hundred thousand different words are all found again', () => {
  const maker = gatherWords();
  for (let at = 0; at < 100_000; at += 1) add(maker, `mot${at} é`);
  const lists = maker.toLists(Uint32Array.from({ length: 100_000 }, (_, at) => at));
  for (const at of [0, 1, 4_095, 4_096, 65_535, 99_999]) expect([...listOf(lists, `mot${at}`)]).toEqual([at]);
  expect(listOf(lists, 'é').length).toBe(100_000);
});
