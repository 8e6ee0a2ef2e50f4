import {
  type AccessFact,
  type Audience,
  accessFacts,
  audiences,
  bitsOf,
  type Cost,
  costs,
  type Kind,
  kinds,
  type Language,
  languages,
  type Mode,
  modes,
  rankOf,
  type Stage,
  stages,
  type Word,
} from '../vocabulary.ts';
import { type Opening, openDuring, type Times } from './moments.ts';
import type { Segment } from './segment.ts';
import { TRAITS, type TraitList, traitOf, traits } from './traits.ts';
import { textTest } from './words.ts';

/** What people may narrow a search with. Within a list any will do; of the facts of access, all are needed. */
export interface OfferFilters {
  readonly priorities?: readonly number[];
  readonly kinds?: readonly Kind[];
  readonly stages?: readonly Stage[];
  readonly audiences?: readonly Audience[];
  readonly modes?: readonly Mode[];
  readonly languages?: readonly Language[];
  readonly access?: readonly AccessFact[];
  readonly costs?: readonly Cost[];
  readonly text?: string;
  readonly opening?: Opening;
}

/** One filter made ready for a segment. */
export interface Test {
  /** `text` and `opening` are not counted. */
  readonly facet: Facet | 'text' | 'opening';
  passes(row: number): boolean;
  /** Of the first `count` of `rows`, keeps those that pass, in place and in order. Returns how many. */
  keep(rows: Uint32Array, count: number): number;
}

/** The lists that are counted beside a search. */
export type Facet = TraitList;

/** For each facet, code → how many offers would be left if it were chosen with the other filters. */
export type FacetCounts = Readonly<Record<Facet, Readonly<Record<string, number>>>>;

/**
 * The filters that are set, to be made ready for one of the segments after another: cheap ones first, words and opening
 * hours last.
 */
export const testsOf = (
  segments: readonly Segment[],
  filters: OfferFilters,
  times: Times,
): ((segment: Segment) => Test[]) => {
  const any: [TraitList, number][] = [];
  const wanted = (facet: TraitList, words: readonly Word[], codes: readonly string[] = []): void => {
    if (codes.length > 0) any.push([facet, bitsOf(words, codes)]);
  };
  const { priorities = [], access = [], kinds: chosen = [], text, opening } = filters;
  if (priorities.length > 0)
    any.push(['priorities', priorities.reduce((bits, priority) => bits | (1 << (priority - 1)), 0)]);
  wanted('stages', stages, filters.stages);
  wanted('audiences', audiences, filters.audiences);
  wanted('modes', modes, filters.modes);
  wanted('languages', languages, filters.languages);
  wanted('costs', costs, filters.costs);
  const facts = bitsOf(accessFacts, access);
  const ranks = new Uint8Array(chosen.length > 0 ? 256 : 0);
  for (const kind of chosen) ranks[rankOf(kinds, kind)] = 1;
  const hasWords = text ? textTest(segments, text) : undefined;
  return (segment) => [
    ...any.map(([facet, mask]) => hasBits(facet, segment.traits, mask, false)),
    ...(access.length > 0 ? [hasBits('access', segment.traits, facts, true)] : []),
    ...(chosen.length > 0 ? [testOf('kinds', isOneOf(segment.traits, ranks))] : []),
    ...(hasWords ? [testOf('text', hasWords(segment))] : []),
    ...(opening ? [testOf('opening', openDuring(segment, times))] : []),
  ];
};

/** Has any of the chosen words of a list, or all of them. */
const hasBits = (facet: Facet, words: Uint32Array, chosen: number, all: boolean): Test => {
  const { word, shift } = traits[facet];
  const mask = chosen << shift;
  // All of them: none is missing, and what is missing is found in the opposite of the bits.
  const [flip, none] = all ? [-1, 1] : [0, 0];
  return {
    facet,
    passes: (row) => ((((words[TRAITS * row + word] ?? 0) ^ flip) & mask) !== 0) !== all,
    keep: (rows, count) => {
      let kept = 0;
      for (let at = 0; at < count; at += 1) {
        const row = rows[at] ?? 0;
        rows[kept] = row;
        // 1 when any bit is found, without a branch that the processor would guess wrong half of the time.
        const found = ((words[TRAITS * row + word] ?? 0) ^ flip) & mask;
        kept += ((found | (0 - found)) >>> 31) ^ none;
      }
      return kept;
    },
  };
};

const isOneOf =
  (words: Uint32Array, wanted: Uint8Array) =>
  (row: number): boolean =>
    wanted[traitOf(words, row, traits.kinds)] === 1;

const testOf = (facet: Test['facet'], passes: (row: number) => boolean): Test => ({
  facet,
  passes,
  keep: (rows, count) => keepWhere(passes, rows, count),
});

/** All tests as one. Most questions have none or one, and then nothing is looped over. */
export const allOf = (tests: readonly Test[]): ((row: number) => boolean) => {
  const [first, second] = tests;
  if (!first) return () => true;
  if (!second) return first.passes;
  return (row) => {
    for (const test of tests) if (!test.passes(row)) return false;
    return true;
  };
};

/** Of the first `count` of `rows`, keeps those that pass, in place and in order. Returns how many. */
export const keepWhere = (passes: (row: number) => boolean, rows: Uint32Array, count: number): number => {
  let kept = 0;
  for (let at = 0; at < count; at += 1) {
    const row = rows[at] ?? 0;
    rows[kept] = row;
    if (passes(row)) kept += 1;
  }
  return kept;
};
