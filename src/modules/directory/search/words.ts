import { stem, words } from '#platform/text.ts';
import { type Lists, nameAt, namesBetween, type Segment } from './segment.ts';

const encoder = new TextEncoder();

/** Longest text searched; the rest of a longer one is left out. */
const MOST_WORDS = 8;

/**
 * The rows that have every word of `text`, in order; undefined when the text has no word. A word meets its stem, what
 * begins with it, and when nothing does, the words one letter away (a missing, added, changed letter or two exchanged).
 */
export const rowsOfText = (segments: readonly Segment[], text: string): Uint32Array[] | undefined => {
  const asked = words(text).slice(0, MOST_WORDS);
  if (asked.length === 0) return undefined;
  const found = segments.map(() => undefined as Uint32Array | undefined);
  for (const word of asked) {
    const exact = segments.map((segment) => rowsOfWord(segment.words, word));
    // A slip of the finger is only looked for when no segment knows the word.
    const lists = exact.some((rows) => rows.length > 0)
      ? exact
      : segments.map((segment) => rowsOfSlips(segment.words, word));
    lists.forEach((rows, at) => {
      const before = found[at];
      found[at] = before ? intersection(before, rows) : rows;
    });
  }
  return found.map((rows) => rows ?? new Uint32Array(0));
};

const rowsOfWord = (lists: Lists, word: string): Uint32Array => {
  const ranges = [namesBetween(lists, encoder.encode(stem(word)), false)];
  if (word.length >= 3) ranges.push(namesBetween(lists, encoder.encode(word), true));
  return union(
    lists,
    ranges.flatMap(([from, to]) => Array.from({ length: Math.min(to - from, 500) }, (_, at) => from + at)),
  );
};

const rowsOfSlips = (lists: Lists, word: string): Uint32Array => {
  if (word.length < 5) return new Uint32Array(0);
  const stems = [word, stem(word)];
  const ranks: number[] = [];
  for (let rank = 0; rank < lists.nameStarts.length - 1; rank += 1) {
    const length = (lists.nameStarts[rank + 1] ?? 0) - (lists.nameStarts[rank] ?? 0);
    if (stems.every((one) => Math.abs(length - one.length) > 1)) continue;
    const name = nameAt(lists, rank);
    if (stems.some((one) => oneSlipAway(one, name))) ranks.push(rank);
  }
  return union(lists, ranks);
};

/** Whether one letter added, missing or changed, or two neighbours exchanged, makes one word of the other. */
export const oneSlipAway = (a: string, b: string): boolean => {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (long.length - short.length > 1) return false;
  let at = 0;
  while (at < short.length && short[at] === long[at]) at += 1;
  if (short.length < long.length) return short.slice(at) === long.slice(at + 1);
  if (short.slice(at + 1) === long.slice(at + 1)) return true;
  return short[at] === long[at + 1] && short[at + 1] === long[at] && short.slice(at + 2) === long.slice(at + 2);
};

/** The rows of several names, each once, in order. */
const union = (lists: Lists, ranks: readonly number[]): Uint32Array => {
  const parts = [...new Set(ranks)].map((rank) =>
    lists.rows.subarray(lists.rowStarts[rank] ?? 0, lists.rowStarts[rank + 1] ?? 0),
  );
  const [first] = parts;
  if (parts.length <= 1) return first ?? new Uint32Array(0);
  const all = new Uint32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let length = 0;
  for (const part of parts) {
    all.set(part, length);
    length += part.length;
  }
  all.sort();
  let kept = 0;
  for (let at = 0; at < all.length; at += 1) {
    if (at === 0 || all[at] !== all[at - 1]) {
      all[kept] = all[at] ?? 0;
      kept += 1;
    }
  }
  return all.subarray(0, kept);
};

const intersection = (a: Uint32Array, b: Uint32Array): Uint32Array => {
  const shared = new Uint32Array(Math.min(a.length, b.length));
  let length = 0;
  for (let left = 0, right = 0; left < a.length && right < b.length; ) {
    const difference = (a[left] ?? 0) - (b[right] ?? 0);
    if (difference === 0) {
      shared[length] = a[left] ?? 0;
      length += 1;
    }
    if (difference <= 0) left += 1;
    if (difference >= 0) right += 1;
  }
  return shared.subarray(0, length);
};
