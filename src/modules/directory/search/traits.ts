import { stages } from '../vocabulary.ts';
import type { OfferFacts } from './build.ts';

/**
 * What a row is, for filters: four words of 32 bits, side by side, so that looking at all of a row costs one reading of
 * memory. A list of vocabulary.ts is so many bits of one of the words, from `shift` on; of kinds there is one only, kept as
 * its rank. Priority 1 is the first bit of its list.
 */
export const TRAITS = 4;

export type TraitList = 'priorities' | 'stages' | 'modes' | 'audiences' | 'languages' | 'access' | 'costs' | 'kinds';

/** Where a list is: the word, the first bit, and what remains of the word once it is moved there. */
export interface Trait {
  readonly word: number;
  readonly shift: number;
  readonly mask: number;
}

export const traits: Readonly<Record<TraitList, Trait>> = {
  priorities: { word: 0, shift: 0, mask: 0x3ff },
  stages: { word: 0, shift: 10, mask: 0x1f },
  modes: { word: 0, shift: 16, mask: 0xffff },
  audiences: { word: 1, shift: 0, mask: -1 },
  languages: { word: 2, shift: 0, mask: -1 },
  access: { word: 3, shift: 0, mask: 0xffff },
  costs: { word: 3, shift: 16, mask: 0xff },
  kinds: { word: 3, shift: 24, mask: 0xff },
};

/** The one bit of the first word that no list takes: the row is a stop of a tour. */
const ON_TOUR = 1 << 15;

/** Writes the traits of a row into four words from `at` on. */
export const writeTraits = (words: Int32Array, at: number, row: OfferFacts): void => {
  words[at] =
    row.priorities | (stagesBetween(row.stageFrom, row.stageTo) << 10) | (row.modes << 16) | (row.tour ? ON_TOUR : 0);
  words[at + 1] = row.audiences;
  words[at + 2] = row.languages;
  words[at + 3] = row.access | (row.costs << 16) | (row.kind << 24);
};

/** The bits of one list, or the rank of the kind. */
export const traitOf = (words: Uint32Array, row: number, { word, shift, mask }: Trait): number =>
  ((words[TRAITS * row + word] ?? 0) >>> shift) & mask;

/** Whether a row is a stop of a tour. */
export const isOnTour = (words: Uint32Array, row: number): boolean => ((words[TRAITS * row] ?? 0) & ON_TOUR) !== 0;

/** The stages that an interval of weeks covers, even in part. */
const stagesBetween = (from: number, to: number): number => {
  let bits = 0;
  for (let rank = 0; rank < stages.length; rank += 1) {
    const stage = stages[rank];
    if (stage && from < stage.toWeek && to > stage.fromWeek) bits |= 1 << rank;
  }
  return bits;
};
