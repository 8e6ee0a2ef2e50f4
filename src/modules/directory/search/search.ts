import { around } from 'geokdbush';
import { type Facet, type FacetCounts, facetCounter, type OfferFilters, testsOf } from './filters.ts';
import { type Times, timesOf } from './moments.ts';
import { listOf, listsBeginning, type Segment, unitVector } from './segment.ts';
import { rowsOfText } from './words.ts';

/** Degrees, WGS 84. */
export interface Spot {
  readonly lat: number;
  readonly lon: number;
}

/** Where offers are looked for. */
export type Where =
  /** Within `km` of a point. */
  | { readonly kind: 'around'; readonly spot: Spot; readonly km: number }
  | {
      readonly kind: 'box';
      readonly west: number;
      readonly south: number;
      readonly east: number;
      readonly north: number;
    }
  /**
   * Everywhere in some communes, and also within `km` of `spot` when it is given. `prefix`: all communes whose code
   * begins so, which is a département.
   */
  | {
      readonly kind: 'communes';
      readonly codes: readonly string[];
      readonly prefixes?: readonly string[];
      readonly spot: Spot;
      readonly km?: number;
    };

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

/**
 * Place of an answer in the order of answers: nearest first, then by id; what has no distance comes last. `far` is the
 * square of the chord through the Earth, its radius being 1: it grows with the distance and costs no trigonometry.
 */
export interface Position {
  readonly far: number;
  readonly id: number;
}

/** One answer. `metres` is undefined for what is not at a place: at a distance, at home. */
export interface Hit {
  readonly segment: Segment;
  readonly row: number;
  readonly id: number;
  readonly metres: number | undefined;
}

export interface OfferAnswer {
  readonly total: number;
  readonly hits: readonly Hit[];
  /** Where to go on from; undefined at the end. */
  readonly next: Position | undefined;
  readonly facets: FacetCounts | undefined;
  readonly times: Times;
}

/** Farther than anything on Earth, whose greatest chord is 2: what has no place comes after what has one. */
const NOWHERE = 5;

/** Answers a question from all segments, in one pass over the rows that the place or the words leave. */
export const searchOffers = (segments: readonly Segment[], question: OfferQuestion): OfferAnswer => {
  const times = timesOf(question.now, question.filters.opening);
  const tests = testsOf(question.filters, times);
  const passes = allOf(tests);
  const texts = question.filters.text ? rowsOfText(segments, question.filters.text) : undefined;
  const facets = question.countFacets ? facetCounter() : undefined;
  const { limit, after, by } = question;
  const page = limit > MOST_ON_A_PAGE ? allOnes(after) : firstOnes(limit + 1, after);
  const groups = new Map<number, Candidate>();
  let total = 0;

  segments.forEach((segment, at) => {
    const { dead, ids, tours } = segment;
    const farOf = chordsFrom(segment, centreOf(question.where));
    const accept = (row: number, far: number): void => {
      const group = by === 'site' || (tours[row] ?? 0) !== 0 ? groupOf(segment, row, by) : 0;
      const id = ids[row] ?? 0;
      if (group === 0) {
        total += 1;
        page.offer(segment, row, id, far);
        return;
      }
      const before = groups.get(group);
      if (!before || isBetter(before, segment, row, id, far, times)) groups.set(group, { segment, row, id, far });
    };
    const visit = facets
      ? (row: number, far: number): void => {
          if (dead?.[row] === 1) return;
          const failed = failedFacet(tests, segment, row);
          if (failed === 'several' || failed === 'opening') return;
          facets.add(segment, row, failed);
          if (failed === undefined) accept(row, far);
        }
      : (row: number, far: number): void => {
          if (dead?.[row] !== 1 && passes(segment, row)) accept(row, far < 0 ? farOf(row) : far);
        };
    forEachRow(segment, question, farOf, texts?.[at], facets === undefined, visit);
  });

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
    })),
    next: found.length > limit && last ? { far: last.far, id: last.id } : undefined,
    facets: facets?.counts(),
    times,
  };
};

type Tests = ReturnType<typeof testsOf>;

/** All tests as one. Most questions have none or one, and then nothing is looped over. */
const allOf = (tests: Tests): ((segment: Segment, row: number) => boolean) => {
  const [first, second] = tests;
  if (!first) return () => true;
  if (!second) return first.test;
  return (segment, row) => {
    for (const { test } of tests) if (!test(segment, row)) return false;
    return true;
  };
};

/** The one filter that a row fails; nothing when it passes all. */
const failedFacet = (tests: Tests, segment: Segment, row: number): Facet | 'opening' | 'several' | undefined => {
  let failed: Facet | 'opening' | undefined;
  for (const { facet, test } of tests) {
    if (test(segment, row)) continue;
    if (failed !== undefined) return 'several';
    failed = facet;
  }
  return failed;
};

interface Candidate {
  readonly segment: Segment;
  readonly row: number;
  readonly id: number;
  readonly far: number;
}

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
  const { week } = times.now(segment.zoneNames[segment.zones[row] ?? 0] ?? 'Europe/Paris');
  const first = (timetable - 1) * segment.weekCount;
  // Weeks of the same bitmap as the usual one, for a tour, are weeks without a visit.
  const none = segment.usual[timetable - 1];
  for (let at = Math.max(0, week - segment.firstWeek); at < segment.weekCount; at += 1) {
    if (segment.weeks[first + at] !== none) return true;
  }
  return false;
};

/** The order of answers. */
const compare = (a: Position, b: Position): number => a.far - b.far || a.id - b.id;

/** Keeps the first `count` candidates after a position, in order, without sorting nor even keeping the others. */
const firstOnes = (count: number, after: Position | undefined) => {
  const kept: Candidate[] = [];
  let worst = Number.POSITIVE_INFINITY;
  return {
    offer: (segment: Segment, row: number, id: number, far: number): void => {
      if (far > worst) return;
      const candidate = { segment, row, id, far };
      const last = kept[count - 1];
      if (last && compare(candidate, last) >= 0) return;
      if (after && compare(candidate, after) <= 0) return;
      let [low, high] = [0, kept.length];
      while (low < high) {
        const middle = (low + high) >>> 1;
        const other = kept[middle];
        if (other && compare(other, candidate) < 0) low = middle + 1;
        else high = middle;
      }
      kept.splice(low, 0, candidate);
      if (kept.length > count) kept.pop();
      worst = kept[count - 1]?.far ?? Number.POSITIVE_INFINITY;
    },
    list: () => kept,
  };
};

/** Beyond this, everything is gathered and sorted once: for exports. */
const MOST_ON_A_PAGE = 500;

const allOnes = (after: Position | undefined) => {
  const kept: Candidate[] = [];
  return {
    offer: (segment: Segment, row: number, id: number, far: number): void => {
      const candidate = { segment, row, id, far };
      if (!after || compare(candidate, after) > 0) kept.push(candidate);
    },
    list: () => kept.sort(compare),
  };
};

/** The middle of the place asked for: distances are told from there. */
export const centreOf = (where: Where): Spot =>
  where.kind === 'box' ? { lat: (where.south + where.north) / 2, lon: (where.west + where.east) / 2 } : where.spot;

/** Not reckoned yet: the row may still be refused by a filter, which costs less. */
const LATER = -1;

/**
 * Walks the rows that the place or the words leave, each once. A distance that is not needed to choose the row is only
 * given when `lazy` is false.
 */
const forEachRow = (
  segment: Segment,
  { where, areas = [] }: OfferQuestion,
  farOf: (row: number) => number,
  texts: Uint32Array | undefined,
  lazy: boolean,
  visit: (row: number, far: number) => void,
): void => {
  const keep = texts ? (row: number): boolean => holds(texts, row) : undefined;

  if (where.kind === 'around') {
    const limit = chordOf(where.km);
    const { west, south, east, north } = boxAround(where.spot, where.km);
    const rows = texts && texts.length < 500 ? texts : segment.kd.range(west, south, east, north);
    for (const row of rows) {
      if (row >= segment.located) break;
      const far = farOf(row);
      if (far <= limit && (rows === texts || !keep || keep(row))) visit(row, far);
    }
  } else if (where.kind === 'box') {
    for (const row of segment.kd.range(where.west, where.south, where.east, where.north)) {
      if (!keep || keep(row)) visit(row, lazy ? LATER : farOf(row));
    }
  } else {
    const seen = where.km === undefined ? undefined : new Set<number>();
    const lists = [
      ...where.codes.map((code) => listOf(segment.communes, code)),
      ...(where.prefixes ?? []).map((prefix) => listsBeginning(segment.communes, prefix)),
    ];
    for (const list of lists) {
      for (const row of list) {
        if (keep && !keep(row)) continue;
        seen?.add(row);
        visit(row, lazy ? LATER : farOf(row));
      }
    }
    if (where.km !== undefined) {
      const limit = chordOf(where.km);
      const { west, south, east, north } = boxAround(where.spot, where.km);
      for (const row of segment.kd.range(west, south, east, north)) {
        const far = farOf(row);
        if (far <= limit && !seen?.has(row) && (!keep || keep(row))) visit(row, far);
      }
    }
  }

  // What has no place is not found by place: only by the territories that it serves.
  const told = new Set<number>();
  for (const area of areas) {
    for (const row of listOf(segment.areas, area)) {
      if (row < segment.located || told.has(row) || (keep && !keep(row))) continue;
      told.add(row);
      visit(row, NOWHERE);
    }
  }
};

/** Whether a list in order holds a row. */
const holds = (rows: Uint32Array, row: number): boolean => {
  let [low, high] = [0, rows.length - 1];
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const at = rows[middle] ?? 0;
    if (at === row) return true;
    if (at < row) low = middle + 1;
    else high = middle - 1;
  }
  return false;
};

const EARTH_METRES = 6_371_008.8;
const RADIANS = Math.PI / 180;

/** The squared chord from a point to each row, the radius of the Earth being 1. */
const chordsFrom = ({ xs, ys, zs, located }: Segment, { lat, lon }: Spot): ((row: number) => number) => {
  const [x, y, z] = unitVector(lat, lon);
  return (row) => {
    if (row >= located) return NOWHERE;
    const [dx, dy, dz] = [(xs[row] ?? 0) - x, (ys[row] ?? 0) - y, (zs[row] ?? 0) - z];
    return dx * dx + dy * dy + dz * dz;
  };
};

/** The squared chord of a distance on the ground, and back, in whole metres. */
const chordOf = (km: number): number => (2 * Math.sin((km * 1000) / EARTH_METRES / 2)) ** 2;
const metresOf = (far: number): number => Math.round(2 * EARTH_METRES * Math.asin(Math.min(1, Math.sqrt(far) / 2)));

/** The box that holds a circle. Cut at the poles and at the date line, which no French land crosses. */
export const boxAround = ({ lat, lon }: Spot, km: number) => {
  const high = km / ((EARTH_METRES / 1000) * RADIANS);
  const wide = high / Math.max(0.01, Math.cos(Math.min(89, Math.abs(lat) + high) * RADIANS));
  return {
    west: Math.max(-180, lon - wide),
    east: Math.min(180, lon + wide),
    south: Math.max(-90, lat - high),
    north: Math.min(90, lat + high),
  };
};

/**
 * How far the nearest offer with a place that passes the filters is, in kilometres; undefined when there is none within
 * `maxKm`. For widening a search that found nothing.
 */
export const nearestKm = (
  segments: readonly Segment[],
  spot: Spot,
  filters: OfferFilters,
  now: Temporal.Instant,
  maxKm: number,
): number | undefined => {
  const [nearest] = nearestOffers(segments, spot, filters, now, 1, maxKm);
  return nearest && (nearest.metres ?? 0) / 1000;
};

/** The `count` nearest offers with a place that pass the filters, however near. */
export const nearestOffers = (
  segments: readonly Segment[],
  spot: Spot,
  filters: OfferFilters,
  now: Temporal.Instant,
  count: number,
  maxKm: number,
): Hit[] => {
  const tests = testsOf(filters, timesOf(now, filters.opening));
  const texts = filters.text ? rowsOfText(segments, filters.text) : undefined;
  const passes = allOf(tests);
  return segments
    .flatMap((segment, at) => {
      if (segment.located === 0) return [];
      const rows = texts?.[at];
      const farOf = chordsFrom(segment, spot);
      const accepted = (row: number): boolean =>
        segment.dead?.[row] !== 1 && (rows === undefined || holds(rows, row)) && passes(segment, row);
      return around(segment.kd, spot.lon, spot.lat, count, maxKm, accepted).map((row) => ({
        ...{ segment, row, id: segment.ids[row] ?? 0 },
        metres: metresOf(farOf(row)),
      }));
    })
    .sort((a, b) => a.metres - b.metres || a.id - b.id)
    .slice(0, count);
};
