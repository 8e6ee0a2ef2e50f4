import { around } from 'geokdbush';
import { type Facet, type FacetCounts, facetCounter, type OfferFilters, testsOf } from './filters.ts';
import { type Times, timesOf } from './moments.ts';
import { listOf, listsBeginning, type Segment } from './segment.ts';
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

/** Place of an answer in the order of answers: nearest first, then by id; what has no distance comes last. */
export interface Position {
  readonly metres: number;
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

/** Farther than anything on Earth: what has no place comes after what has one. */
const NOWHERE = 40_000_000;

/** Answers a question from all segments, in one pass over the rows that the place or the words leave. */
export const searchOffers = (segments: readonly Segment[], question: OfferQuestion): OfferAnswer => {
  const times = timesOf(question.now, question.filters.opening);
  const tests = testsOf(question.filters, times);
  const texts = question.filters.text ? rowsOfText(segments, question.filters.text) : undefined;
  const facets = question.countFacets ? facetCounter() : undefined;
  const centre = centreOf(question.where);
  const page =
    question.limit > MOST_ON_A_PAGE ? allOnes(question.after) : firstOnes(question.limit + 1, question.after);
  const groups = new Map<number, Candidate>();
  let total = 0;

  segments.forEach((segment, at) => {
    const visit = (row: number, metres: number): void => {
      if (segment.dead?.[row] === 1) return;
      let failed: Facet | 'opening' | undefined;
      for (const { facet, test } of tests) {
        if (test(segment, row)) continue;
        if (failed !== undefined || !facets || facet === 'opening') return;
        failed = facet;
      }
      if (failed !== undefined && failed !== 'opening') {
        facets?.add(segment, row, failed);
        return;
      }
      facets?.add(segment, row);
      const group = groupOf(segment, row, question.by);
      const candidate = { segment, row, id: segment.ids[row] ?? 0, metres };
      if (group === 0) {
        total += 1;
        page.offer(candidate);
      } else groups.set(group, better(groups.get(group), candidate, times));
    };
    forEachRow(segment, question, centre, texts?.[at], visit);
  });

  for (const candidate of groups.values()) page.offer(candidate);
  total += groups.size;
  const found = page.list();
  const hits = found.slice(0, question.limit);
  const last = hits.at(-1);
  return {
    total,
    hits: hits.map(({ metres, ...hit }) => ({ ...hit, metres: metres === NOWHERE ? undefined : metres })),
    next: found.length > question.limit && last ? { metres: last.metres, id: last.id } : undefined,
    facets: facets?.counts(),
    times,
  };
};

interface Candidate {
  readonly segment: Segment;
  readonly row: number;
  readonly id: number;
  readonly metres: number;
}

/** Rows of one group are one answer. Stops of a tour always are; with `site`, so are the services of a place. */
const groupOf = (segment: Segment, row: number, by: OfferQuestion['by']): number => {
  const tour = segment.tours[row] ?? 0;
  if (by === 'site') return segment.sites[row] || -(segment.services[row] ?? 0);
  // Ids are unique over the whole directory: a service of a tour stands for its tour.
  return tour === 0 ? 0 : (segment.services[row] ?? 0);
};

/** Of two rows of a group, the one to show: a stop with a date to come before one without, then the nearest. */
const better = (before: Candidate | undefined, candidate: Candidate, times: Times): Candidate => {
  if (!before) return candidate;
  const [dated, alreadyDated] = [hasDate(candidate, times), hasDate(before, times)];
  if (dated !== alreadyDated) return dated ? candidate : before;
  return comparePositions(candidate, before) < 0 ? candidate : before;
};

const hasDate = ({ segment, row }: Candidate, times: Times): boolean => {
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
export const comparePositions = (a: Position, b: Position): number => a.metres - b.metres || a.id - b.id;

/** Keeps the first `count` candidates after a position, in order, without sorting the others. */
const firstOnes = (count: number, after: Position | undefined) => {
  const kept: Candidate[] = [];
  return {
    offer: (candidate: Candidate): void => {
      const last = kept[count - 1];
      if (last && comparePositions(candidate, last) >= 0) return;
      if (after && comparePositions(candidate, after) <= 0) return;
      let [low, high] = [0, kept.length];
      while (low < high) {
        const middle = (low + high) >>> 1;
        const other = kept[middle];
        if (other && comparePositions(other, candidate) < 0) low = middle + 1;
        else high = middle;
      }
      kept.splice(low, 0, candidate);
      if (kept.length > count) kept.pop();
    },
    list: () => kept,
  };
};

/** Beyond this, everything is gathered and sorted once: for exports. */
const MOST_ON_A_PAGE = 500;

const allOnes = (after: Position | undefined) => {
  const kept: Candidate[] = [];
  return {
    offer: (candidate: Candidate): void => {
      if (!after || comparePositions(candidate, after) > 0) kept.push(candidate);
    },
    list: () => kept.sort(comparePositions),
  };
};

/** The middle of the place asked for: distances are told from there. */
export const centreOf = (where: Where): Spot =>
  where.kind === 'box' ? { lat: (where.south + where.north) / 2, lon: (where.west + where.east) / 2 } : where.spot;

const forEachRow = (
  segment: Segment,
  { where, areas = [] }: OfferQuestion,
  centre: Spot,
  texts: Uint32Array | undefined,
  visit: (row: number, metres: number) => void,
): void => {
  const measure = distanceFrom(centre);
  const inside = texts && setOf(texts, segment.count);
  const keep = (row: number): boolean => inside === undefined || inside[row] === 1;
  const metresOf = (row: number): number =>
    row < segment.located ? measure(segment.lats[row] ?? 0, segment.lons[row] ?? 0) : NOWHERE;

  if (where.kind === 'around') {
    const limit = where.km * 1000;
    const { west, south, east, north } = boxAround(where.spot, where.km);
    if (texts && texts.length < 2_000) {
      for (const row of texts) {
        if (row >= segment.located) break;
        const metres = metresOf(row);
        if (metres <= limit) visit(row, metres);
      }
    } else {
      for (const row of segment.kd.range(west, south, east, north)) {
        const metres = metresOf(row);
        if (metres <= limit && keep(row)) visit(row, metres);
      }
    }
  } else if (where.kind === 'box') {
    for (const row of segment.kd.range(where.west, where.south, where.east, where.north)) {
      if (keep(row)) visit(row, metresOf(row));
    }
  } else {
    const seen = where.km === undefined ? undefined : new Set<number>();
    const lists = [
      ...where.codes.map((code) => listOf(segment.communes, code)),
      ...(where.prefixes ?? []).map((prefix) => listsBeginning(segment.communes, prefix)),
    ];
    for (const list of lists) {
      for (const row of list) {
        if (!keep(row)) continue;
        seen?.add(row);
        visit(row, metresOf(row));
      }
    }
    if (where.km !== undefined) {
      const limit = where.km * 1000;
      const { west, south, east, north } = boxAround(where.spot, where.km);
      for (const row of segment.kd.range(west, south, east, north)) {
        const metres = metresOf(row);
        if (metres <= limit && keep(row) && !seen?.has(row)) visit(row, metres);
      }
    }
  }

  // What has no place is not found by place: only by the territories that it serves.
  const told = new Set<number>();
  for (const area of areas) {
    for (const row of listOf(segment.areas, area)) {
      if (row < segment.located || told.has(row) || !keep(row)) continue;
      told.add(row);
      visit(row, NOWHERE);
    }
  }
};

const setOf = (rows: Uint32Array, count: number): Uint8Array => {
  const set = new Uint8Array(count);
  for (const row of rows) set[row] = 1;
  return set;
};

const EARTH_METRES = 6_371_008.8;
const RADIANS = Math.PI / 180;

/** Whole metres from a point, as the crow flies. */
export const distanceFrom = ({ lat, lon }: Spot): ((toLat: number, toLon: number) => number) => {
  const cosine = Math.cos(lat * RADIANS);
  return (toLat, toLon) => {
    const halfLat = Math.sin(((toLat - lat) * RADIANS) / 2);
    const halfLon = Math.sin(((toLon - lon) * RADIANS) / 2);
    const chord = halfLat * halfLat + cosine * Math.cos(toLat * RADIANS) * halfLon * halfLon;
    return Math.round(2 * EARTH_METRES * Math.asin(Math.min(1, Math.sqrt(chord))));
  };
};

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
  const measure = distanceFrom(spot);
  return segments
    .flatMap((segment, at) => {
      if (segment.located === 0) return [];
      const inside = texts?.[at] && setOf(texts[at], segment.count);
      const passes = (row: number): boolean =>
        segment.dead?.[row] !== 1 &&
        (inside === undefined || inside[row] === 1) &&
        tests.every(({ test }) => test(segment, row));
      return around(segment.kd, spot.lon, spot.lat, count, maxKm, passes).map((row) => ({
        ...{ segment, row, id: segment.ids[row] ?? 0 },
        metres: measure(segment.lats[row] ?? 0, segment.lons[row] ?? 0),
      }));
    })
    .sort((a, b) => a.metres - b.metres || a.id - b.id)
    .slice(0, count);
};
