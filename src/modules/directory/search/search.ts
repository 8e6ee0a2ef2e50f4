import { nextSlot, WORDS } from '../week.ts';
import { candidatesOf, keepZeros, NOWHERE, type Where } from './candidates.ts';
import { type FacetCounter, facetCounter } from './facets.ts';
import { type FacetCounts, keepWhere, type OfferFilters, type Test, testsOf } from './filters.ts';
import { type Candidate, firstOnes, type Position } from './first-ones.ts';
import { type Times, timesOf } from './moments.ts';
import type { Segment } from './segment.ts';
import { metresOf, middleOf, type Spot, unitVector } from './sphere.ts';
import { isOnTour } from './traits.ts';

export interface OfferQuestion {
  readonly where: Where;
  /** Territories that hold the place asked for: what serves one of them without having a place there is an answer too. */
  readonly areas?: readonly string[];
  readonly filters: OfferFilters;
  readonly now: Temporal.Instant;
  /** At most this many answers, from after `after`. */
  readonly limit: number;
  readonly after?: Position;
  /** One answer for a place or a tour, whatever the number of its services; by default one for each service. */
  readonly by?: 'service' | 'site';
  readonly countFacets?: boolean;
}

/** One answer. `metres` is undefined for what is not at a place: at a distance, at home. */
export interface Hit {
  readonly segment: Segment;
  readonly row: number;
  readonly id: number;
  readonly metres: number | undefined;
  /** How many services this answer stands for: those of a place or on board, when one answer is given for each. */
  readonly services: number;
}

export interface OfferAnswer {
  readonly total: number;
  readonly hits: readonly Hit[];
  /** Where to go on from; undefined at the end. */
  readonly next: Position | undefined;
  readonly facets: FacetCounts | undefined;
  readonly times: Times;
}

/**
 * Answers a question from all segments. The rows that the place leaves are narrowed by one filter after another, each over
 * one column; what remains is measured, counted and ordered.
 */
export const searchOffers = (segments: readonly Segment[], question: OfferQuestion): OfferAnswer => {
  const { where, areas = [], filters, limit, by } = question;
  const times = timesOf(question.now, filters.opening);
  const testsFor = testsOf(segments, filters, times);
  const facets = question.countFacets ? facetCounter((segment, row) => groupOf(segment, row, by)) : undefined;
  const page = firstOnes(limit + 1, question.after);
  const groups = new Map<number, Group>();
  let total = 0;

  for (const segment of segments) {
    const { dead, ids, traits } = segment;
    const tests = testsFor(segment);
    const farOf = chordsFrom(segment, centreOf(where));
    for (const { rows, count: all, limit: farthest } of candidatesOf(segment, where, areas)) {
      let count = dead ? keepZeros(dead, rows, all) : all;
      if (facets) count = keepCounted(facets, tests, segment, rows, keepNear(farOf, farthest, rows, count));
      else for (const test of tests) count = test.keep(rows, count);
      for (let rank = 0; rank < count; rank += 1) {
        const row = rows[rank] ?? 0;
        const far = farOf(row);
        if (far > farthest) continue;
        const group = by === 'site' || isOnTour(traits, row) ? groupOf(segment, row, by) : 0;
        if (group === 0) {
          total += 1;
          if (far <= page.farthest) page.offer(segment, row, ids[row] ?? 0, far);
          continue;
        }
        const id = ids[row] ?? 0;
        const before = groups.get(group);
        const service = segment.services[row] ?? 0;
        if (!before) groups.set(group, { segment, row, id, far, service, others: undefined });
        else {
          if (service !== before.service) before.others = (before.others ?? new Set<number>()).add(service);
          if (isBetter(before, segment, row, id, far, times)) Object.assign(before, { segment, row, id, far });
        }
      }
    }
  }

  for (const { segment, row, id, far } of groups.values()) page.offer(segment, row, id, far);
  total += groups.size;
  const found = page.list();
  const hits = found.slice(0, limit);
  const last = hits.at(-1);
  return {
    total,
    hits: hits.map(({ segment, row, id, far }) => ({
      segment,
      row,
      id,
      metres: far === NOWHERE ? undefined : metresOf(far),
      services: 1 + (groups.get(groupOf(segment, row, by))?.others?.size ?? 0),
    })),
    next: found.length > limit && last ? { far: last.far, id: last.id } : undefined,
    facets: facets?.counts(),
    times,
  };
};

/** The best row of a group so far; the service met first in it, and the others: most places have none. */
interface Group extends Candidate {
  readonly service: number;
  others: Set<number> | undefined;
}

/** The rows that are near enough. */
const keepNear = (farOf: (row: number) => number, farthest: number, rows: Uint32Array, count: number): number =>
  farthest === NOWHERE ? count : keepWhere((row) => farOf(row) <= farthest, rows, count);

/**
 * Counts, in every facet, the answers that rows which pass all tests are part of; and those of what fails one only, in the
 * facet of that one. Keeps the rows that pass.
 */
const keepCounted = (
  facets: FacetCounter,
  tests: readonly Test[],
  segment: Segment,
  rows: Uint32Array,
  count: number,
): number => {
  const passing = keepWhere(
    (row) => {
      let failed: Test | undefined;
      for (const test of tests) {
        if (test.passes(row)) continue;
        if (failed) return false;
        failed = test;
      }
      if (failed && failed.facet !== 'text' && failed.facet !== 'opening') facets.add(segment, row, failed.facet);
      return failed === undefined;
    },
    rows,
    count,
  );
  facets.addAll(segment, rows, passing);
  return passing;
};

/** Rows of one group are one answer. Stops of a tour always are; with `site`, so are the services of a place. */
const groupOf = (segment: Segment, row: number, by: OfferQuestion['by']): number => {
  const tour = segment.tours[row] ?? 0;
  if (by === 'site') return segment.sites[row] || -(segment.services[row] ?? 0);
  // Ids are unique over the whole directory: a service of a tour stands for its tour.
  return tour === 0 ? 0 : (segment.services[row] ?? 0);
};

/** Whether a row is to be shown for its group: a stop with a date to come before one without, then the nearest. */
const isBetter = (before: Candidate, segment: Segment, row: number, id: number, far: number, times: Times): boolean => {
  const nearer = far < before.far || (far === before.far && id < before.id);
  if ((segment.tours[row] ?? 0) === 0) return nearer;
  const dated = hasDate(segment, row, times);
  return dated === hasDate(before.segment, before.row, times) ? nearer : dated;
};

const hasDate = (segment: Segment, row: number, times: Times): boolean => {
  if ((segment.tours[row] ?? 0) === 0) return true;
  const timetable = segment.timetables[row] ?? 0;
  if (timetable === 0) return false;
  const { week, slot } = times.now(segment.zoneNames[segment.zones[row] ?? 0] ?? 'Europe/Paris');
  const first = (timetable - 1) * segment.weekCount;
  // Weeks of the same bitmap as the usual one, for a tour, are weeks without a visit.
  const none = segment.usual[timetable - 1];
  for (let at = Math.max(0, week - segment.firstWeek); at < segment.weekCount; at += 1) {
    const bitmap = segment.weeks[first + at] ?? 0;
    if (bitmap === none) continue;
    // The visits of this week may be over.
    const over = segment.firstWeek + at === week && nextSlot(segment.bitmaps, bitmap * WORDS, slot, true) < 0;
    if (!over) return true;
  }
  return false;
};

/** The middle of the place asked for: distances are told from there. */
export const centreOf = (where: Where): Spot => (where.kind === 'box' ? middleOf(where) : where.spot);

/** The squared chord from a point to each row. */
export const chordsFrom = ({ vectors, located }: Segment, { lat, lon }: Spot): ((row: number) => number) => {
  const { x, y, z } = unitVector(lat, lon);
  return (row) => {
    if (row >= located) return NOWHERE;
    const dx = (vectors[3 * row] ?? 0) - x;
    const dy = (vectors[3 * row + 1] ?? 0) - y;
    const dz = (vectors[3 * row + 2] ?? 0) - z;
    return dx * dx + dy * dy + dz * dz;
  };
};
