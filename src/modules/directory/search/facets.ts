import { accessFacts, audiences, costs, kinds, languages, modes, stages } from '../vocabulary.ts';
import type { Facet, FacetCounts } from './filters.ts';
import { grown } from './gathered-words.ts';
import type { Segment } from './segment.ts';
import { traitOf, traits } from './traits.ts';

/** Counts the codes of rows, facet by facet. */
export interface FacetCounter {
  /** Counts the first `count` of `rows` in every facet. */
  addAll(segment: Segment, rows: Uint32Array, count: number): void;
  /** Counts one row in one facet. */
  add(segment: Segment, row: number, facet: Facet): void;
  counts(): FacetCounts;
}

/** What rows are shown as one answer; 0 for a row that is an answer by itself. */
export type GroupOf = (segment: Segment, row: number) => number;

/**
 * `access` is counted like the others: how many would be left if the fact were asked for too. Rows of one group are counted
 * once for each code, as they are one answer: a bus with four services and twelve stops is one bus.
 */
export const facetCounter = (groupOf: GroupOf): FacetCounter => {
  const counted = {
    kinds: new Uint32Array(256),
    ...{ priorities: new Uint32Array(32), stages: new Uint32Array(32), audiences: new Uint32Array(32) },
    ...{ modes: new Uint32Array(32), languages: new Uint32Array(32), access: new Uint32Array(32) },
    costs: new Uint32Array(32),
  } satisfies Record<Facet, Uint32Array>;
  const counts = maskFacets.map((facet) => counted[facet]);
  const seen = seenGroups();
  /** `place`: where what was counted of the group is kept; −1 for a row that is an answer by itself. */
  const addMask = (rank: number, mask: number, place: number): void =>
    addBits(counts[rank] ?? none, place < 0 ? mask : seen.newOf(place + rank, mask));
  const addKind = (kind: number, place: number): void => {
    const bit = 1 << (kind & 31);
    if (place < 0 || seen.newOf(place + counts.length + (kind >>> 5), bit) !== 0) increment(counted.kinds, kind);
  };
  const placeOf = (segment: Segment, row: number): number => {
    const group = groupOf(segment, row);
    return group === 0 ? -1 : seen.placeOf(group);
  };
  return {
    add: (segment, row, facet) => {
      const found = traitOf(segment.traits, row, traits[facet]);
      if (facet === 'kinds') addKind(found, placeOf(segment, row));
      else addMask(maskFacets.indexOf(facet), found, placeOf(segment, row));
    },
    addAll: (segment, rows, count) => {
      for (let at = 0; at < count; at += 1) {
        const row = rows[at] ?? 0;
        const place = placeOf(segment, row);
        for (let rank = 0; rank < maskTraits.length; rank += 1) {
          const trait = maskTraits[rank];
          if (trait) addMask(rank, traitOf(segment.traits, row, trait), place);
        }
        addKind(traitOf(segment.traits, row, traits.kinds), place);
      }
    },
    counts: () => ({
      priorities: Object.fromEntries(
        [...counted.priorities.subarray(0, 10)].map((count, at) => [String(at + 1), count]),
      ),
      kinds: named(kinds, counted.kinds),
      stages: named(stages, counted.stages),
      audiences: named(audiences, counted.audiences),
      modes: named(modes, counted.modes),
      languages: named(languages, counted.languages),
      access: named(accessFacts, counted.access),
      costs: named(costs, counted.costs),
    }),
  };
};

const maskFacets = ['priorities', 'stages', 'modes', 'audiences', 'languages', 'access', 'costs'] as const;
const maskTraits = maskFacets.map((facet) => traits[facet]);
const none = new Uint32Array(0);

/** Numbers of 32 bits kept of a group: one for each list, and the 256 kinds. */
const KEPT = maskFacets.length + 8;

/** What was counted already of each group. */
const seenGroups = () => {
  const places = new Map<number, number>();
  let bits = new Uint32Array(KEPT * 64);
  return {
    /** Where the bits of a group begin. */
    placeOf: (group: number): number => {
      const known = places.get(group);
      if (known !== undefined) return known;
      const place = places.size * KEPT;
      places.set(group, place);
      if (place + KEPT > bits.length) bits = grown(bits, Uint32Array);
      return place;
    },
    /** The bits of `mask` that are met there for the first time. */
    newOf: (at: number, mask: number): number => {
      const before = bits[at] ?? 0;
      bits[at] = before | mask;
      return mask & ~before;
    },
  };
};

const increment = (counts: Uint32Array, at: number): void => {
  counts[at] = (counts[at] ?? 0) + 1;
};

const addBits = (counts: Uint32Array, mask: number): void => {
  for (let bits = mask >>> 0; bits !== 0; bits = (bits & (bits - 1)) >>> 0)
    increment(counts, 31 - Math.clz32(bits & -bits));
};

const named = (words: readonly { code: string }[], counts: Uint32Array): Record<string, number> =>
  Object.fromEntries(words.map(({ code }, rank) => [code, counts[rank] ?? 0]));
