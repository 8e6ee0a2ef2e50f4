import { stem, words } from '#platform/text.ts';
import { nameAt, namesBetween, type RowWords, type Segment } from './segment.ts';

const encoder = new TextEncoder();

/** Longest text searched; the rest of a longer one is left out. */
const MOST_WORDS = 8;

/** Of a word asked for, the names that it meets in a segment: pairs of ranks, from the first, to after the last. */
type Met = readonly (readonly [from: number, to: number])[];

/**
 * Whether rows have every word of `text`, segment by segment; undefined when the text has no word. A word meets its stem,
 * what begins with it, and when nothing does, the words one letter away (a missing, added, changed letter or two
 * exchanged), those that differ by their end, or both halves of two words written as one.
 */
export const textTest = (
  segments: readonly Segment[],
  text: string,
): ((segment: Segment) => (row: number) => boolean) | undefined => {
  const asked = wordsAsked(text);
  if (asked.length === 0) return undefined;
  const met = new Map<Segment, Met[]>(segments.map((segment) => [segment, []]));
  const meet = (word: string, find: (names: RowWords, word: string) => Met): void => {
    for (const [segment, all] of met) all.push(find(segment.words, word));
  };
  const isKnown = (word: string): boolean => segments.some((segment) => namesOf(segment.words, word).length > 0);
  for (const word of asked) {
    // A slip of the finger is only looked for when no segment knows the word.
    const halves = isKnown(word) ? [word] : halvesOf(word).find((both) => both.every(isKnown));
    if (halves) for (const half of halves) meet(half, namesOf);
    else meet(word, slipsOf);
  }
  return (segment) => hasAll(segment.words, met.get(segment) ?? []);
};

/** The words that say what is looked for. « Je cherche » says nothing of it, unless it is all that was written. */
const wordsAsked = (text: string): string[] => {
  const all = words(text);
  const telling = all.filter((word) => !asking.has(word));
  return (telling.length > 0 ? telling : all).slice(0, MOST_WORDS);
};

const asking = new Set(
  'je cherche chercher recherche trouver voudrais aimerais veux besoin moi pres proche autour bonjour svp'.split(' '),
);

/** « sagefemme » as two words, wherever it may be cut. */
const halvesOf = (word: string): string[][] =>
  Array.from({ length: Math.max(0, word.length - 2 * HALF + 1) }, (_, at) => [
    word.slice(0, at + HALF),
    word.slice(at + HALF),
  ]);

/** Shortest half: shorter ones are met anywhere. */
const HALF = 4;

const hasAll = ({ words: ranks, wordStarts }: RowWords, asked: readonly Met[]): ((row: number) => boolean) => {
  const hasOne = (met: Met, row: number): boolean => {
    const end = wordStarts[row + 1] ?? 0;
    for (let at = wordStarts[row] ?? 0; at < end; at += 1) {
      const rank = ranks[at] ?? 0;
      for (const [from, to] of met) if (rank >= from && rank < to) return true;
    }
    return false;
  };
  return (row) => {
    for (const met of asked) if (!hasOne(met, row)) return false;
    return true;
  };
};

const namesOf = (names: RowWords, word: string): Met =>
  [
    namesBetween(names, encoder.encode(stem(word)), false),
    ...(word.length >= 3 ? [namesBetween(names, encoder.encode(word), true)] : []),
  ].filter(([from, to]) => from < to);

const slipsOf = (names: RowWords, word: string): Met => {
  if (word.length < 5) return [];
  const stems = [word, stem(word)];
  const met: [number, number][] = [];
  for (let rank = 0; rank < names.nameStarts.length - 1; rank += 1) {
    const length = (names.nameStarts[rank + 1] ?? 0) - (names.nameStarts[rank] ?? 0);
    if (stems.every((one) => Math.abs(length - one.length) > 1)) continue;
    const name = nameAt(names, rank);
    if (stems.some((one) => oneSlipAway(one, name))) met.push([rank, rank + 1]);
  }
  return met.length > 0 ? met : othersEndings(names, word);
};

/** « puériculture » for « puéricultrice », « allaitemant » for « allaitement »: most of both is the same. */
const othersEndings = (names: RowWords, word: string): Met => {
  const [from, to] = namesBetween(names, encoder.encode(word.slice(0, 5)), true);
  const ranks = Array.from({ length: to - from }, (_, at) => from + at);
  return ranks.flatMap((rank): Met => {
    const name = nameAt(names, rank);
    let shared = 0;
    while (shared < name.length && name[shared] === word[shared]) shared += 1;
    // What is listed are stems: a whole one, or most of both words.
    const alike =
      (shared === name.length && 2 * shared >= word.length) || (shared >= 7 && 10 * shared >= 7 * word.length);
    return alike ? [[rank, rank + 1]] : [];
  });
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
