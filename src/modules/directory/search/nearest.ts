import { around } from 'geokdbush';
import { allOf, type OfferFilters, testsOf } from './filters.ts';
import { timesOf } from './moments.ts';
import { chordsFrom, type Hit } from './search.ts';
import type { Segment } from './segment.ts';
import { metresOf, type Spot } from './sphere.ts';

/** The `count` nearest offers with a place that pass the filters, however near. */
export const nearestOffers = (
  segments: readonly Segment[],
  spot: Spot,
  filters: OfferFilters,
  now: Temporal.Instant,
  count: number,
  maxKm: number,
): Hit[] => {
  const testsFor = testsOf(segments, filters, timesOf(now, filters.opening));
  return segments
    .flatMap((segment) => {
      if (segment.located === 0) return [];
      const { dead } = segment;
      const passes = allOf(testsFor(segment));
      const farOf = chordsFrom(segment, spot);
      const accepted = dead ? (row: number): boolean => dead[row] !== 1 && passes(row) : passes;
      return around(segment.kd, spot.lon, spot.lat, count, maxKm, accepted).map((row) => ({
        ...{ segment, row, id: segment.ids[row] ?? 0 },
        ...{ metres: metresOf(farOf(row)), services: 1 },
      }));
    })
    .sort((a, b) => a.metres - b.metres || a.id - b.id)
    .slice(0, count);
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
