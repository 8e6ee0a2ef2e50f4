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
} from '../vocabulary.ts';
import { isOpenDuring, type Opening, type Times } from './moments.ts';
import type { Segment } from './segment.ts';

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

/** The lists that are counted beside a search. */
export type Facet = 'priorities' | 'kinds' | 'stages' | 'audiences' | 'modes' | 'languages' | 'access' | 'costs';

/** For each facet, code → how many offers would be left if it were chosen with the other filters. */
export type FacetCounts = Readonly<Record<Facet, Readonly<Record<string, number>>>>;

type Test = (segment: Segment, row: number) => boolean;

/** One test for each filter that is set, cheap ones first, opening hours last. */
export const testsOf = (
  filters: OfferFilters,
  times: Times,
): { readonly facet: Facet | 'opening'; readonly test: Test }[] => {
  const tests: { facet: Facet | 'opening'; test: Test }[] = [];
  const { priorities, opening } = filters;
  if (priorities?.length) {
    const mask = priorities.reduce((bits, priority) => bits | (1 << (priority - 1)), 0);
    tests.push({ facet: 'priorities', test: (segment, row) => ((segment.priorities[row] ?? 0) & mask) !== 0 });
  }
  if (filters.kinds?.length) {
    const wanted = new Uint8Array(256);
    for (const kind of filters.kinds) wanted[rankOf(kinds, kind)] = 1;
    tests.push({ facet: 'kinds', test: (segment, row) => wanted[segment.kinds[row] ?? 255] === 1 });
  }
  if (filters.stages?.length) {
    const intervals = stages.filter(({ code }) => filters.stages?.includes(code));
    tests.push({
      facet: 'stages',
      test: (segment, row) =>
        intervals.some(
          ({ fromWeek, toWeek }) => (segment.stageFrom[row] ?? 0) < toWeek && (segment.stageTo[row] ?? 0) > fromWeek,
        ),
    });
  }
  if (filters.audiences?.length) {
    const mask = bitsOf(audiences, filters.audiences);
    tests.push({ facet: 'audiences', test: (segment, row) => ((segment.audiences[row] ?? 0) & mask) !== 0 });
  }
  if (filters.modes?.length) {
    const mask = bitsOf(modes, filters.modes);
    tests.push({ facet: 'modes', test: (segment, row) => ((segment.modes[row] ?? 0) & mask) !== 0 });
  }
  if (filters.languages?.length) {
    const mask = bitsOf(languages, filters.languages);
    tests.push({ facet: 'languages', test: (segment, row) => ((segment.languages[row] ?? 0) & mask) !== 0 });
  }
  if (filters.access?.length) {
    const mask = bitsOf(accessFacts, filters.access);
    tests.push({ facet: 'access', test: (segment, row) => ((segment.access[row] ?? 0) & mask) === mask });
  }
  if (filters.costs?.length) {
    const mask = bitsOf(costs, filters.costs);
    tests.push({ facet: 'costs', test: (segment, row) => ((segment.costs[row] ?? 0) & mask) !== 0 });
  }
  if (opening) {
    tests.push({
      facet: 'opening',
      test: (segment, row) => {
        const asked = times.asked(segment.zoneNames[segment.zones[row] ?? 0] ?? 'Europe/Paris');
        return asked !== undefined && isOpenDuring(segment, row, asked);
      },
    });
  }
  return tests;
};

/** Counts the codes of rows, facet by facet. */
export interface FacetCounter {
  /** Adds a row to one facet, or to all. */
  add(segment: Segment, row: number, facet?: Facet): void;
  counts(): FacetCounts;
}

/** `access` is counted like the others: how many would be left if the fact were asked for too. */
export const facetCounter = (): FacetCounter => {
  const counted = {
    priorities: new Uint32Array(10),
    kinds: new Uint32Array(256),
    stages: new Uint32Array(stages.length),
    audiences: new Uint32Array(32),
    modes: new Uint32Array(32),
    languages: new Uint32Array(32),
    access: new Uint32Array(32),
    costs: new Uint32Array(32),
  } satisfies Record<Facet, Uint32Array>;
  const addStages = (segment: Segment, row: number): void => {
    const [from, to] = [segment.stageFrom[row] ?? 0, segment.stageTo[row] ?? 0];
    for (let rank = 0; rank < stages.length; rank += 1) {
      const stage = stages[rank];
      if (stage && from < stage.toWeek && to > stage.fromWeek) increment(counted.stages, rank);
    }
  };
  return {
    add: (segment, row, facet) => {
      const all = facet === undefined;
      if (all || facet === 'priorities') addBits(counted.priorities, segment.priorities[row] ?? 0);
      if (all || facet === 'audiences') addBits(counted.audiences, segment.audiences[row] ?? 0);
      if (all || facet === 'modes') addBits(counted.modes, segment.modes[row] ?? 0);
      if (all || facet === 'languages') addBits(counted.languages, segment.languages[row] ?? 0);
      if (all || facet === 'access') addBits(counted.access, segment.access[row] ?? 0);
      if (all || facet === 'costs') addBits(counted.costs, segment.costs[row] ?? 0);
      if (all || facet === 'kinds') increment(counted.kinds, segment.kinds[row] ?? 0);
      if (all || facet === 'stages') addStages(segment, row);
    },
    counts: () => ({
      priorities: Object.fromEntries([...counted.priorities].map((count, at) => [String(at + 1), count])),
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

const increment = (counts: Uint32Array, at: number): void => {
  counts[at] = (counts[at] ?? 0) + 1;
};

const addBits = (counts: Uint32Array, mask: number): void => {
  for (let bits = mask >>> 0; bits !== 0; bits = (bits & (bits - 1)) >>> 0)
    increment(counts, 31 - Math.clz32(bits & -bits));
};

const named = (words: readonly { code: string }[], counts: Uint32Array): Record<string, number> =>
  Object.fromEntries(words.map(({ code }, rank) => [code, counts[rank] ?? 0]));
