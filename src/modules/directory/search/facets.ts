import { accessFacts, audiences, costs, kinds, languages, modes, stages } from '../vocabulary.ts';
import type { Facet, FacetCounts } from './filters.ts';
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

/** `access` is counted like the others: how many would be left if the fact were asked for too. */
export const facetCounter = (): FacetCounter => {
  const counted = {
    kinds: new Uint32Array(256),
    ...{ priorities: new Uint32Array(32), stages: new Uint32Array(32), audiences: new Uint32Array(32) },
    ...{ modes: new Uint32Array(32), languages: new Uint32Array(32), access: new Uint32Array(32) },
    costs: new Uint32Array(32),
  } satisfies Record<Facet, Uint32Array>;
  return {
    add: (segment, row, facet) => {
      const found = traitOf(segment.traits, row, traits[facet]);
      if (facet === 'kinds') increment(counted.kinds, found);
      else addBits(counted[facet], found);
    },
    addAll: ({ traits: words }, rows, count) => {
      for (const facet of maskFacets) {
        const [trait, counts] = [traits[facet], counted[facet]];
        for (let at = 0; at < count; at += 1) addBits(counts, traitOf(words, rows[at] ?? 0, trait));
      }
      for (let at = 0; at < count; at += 1) increment(counted.kinds, traitOf(words, rows[at] ?? 0, traits.kinds));
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

const increment = (counts: Uint32Array, at: number): void => {
  counts[at] = (counts[at] ?? 0) + 1;
};

const addBits = (counts: Uint32Array, mask: number): void => {
  for (let bits = mask >>> 0; bits !== 0; bits = (bits & (bits - 1)) >>> 0)
    increment(counts, 31 - Math.clz32(bits & -bits));
};

const named = (words: readonly { code: string }[], counts: Uint32Array): Record<string, number> =>
  Object.fromEntries(words.map(({ code }, rank) => [code, counts[rank] ?? 0]));
