import fc from 'fast-check';
import { expect, test } from 'vitest';
import { distanceKm, type Point, prepareNearest } from './distance.ts';

const rennes = { lat: 48.1113, lon: -1.68 };
const paris = { lat: 48.8534, lon: 2.3488 };
const few = fc.integer({ min: 1, max: 10 });
const point = fc.record<Point>({
  lat: fc.double({ min: -90, max: 90, noNaN: true }),
  lon: fc.double({ min: -180, max: 180, noNaN: true }),
});

test('Rennes is 308 km from Paris; a degree along a meridian is 111 km; half the Earth is the most', () => {
  expect(distanceKm(rennes, paris)).toBeCloseTo(308, -1);
  expect(distanceKm({ lat: 0, lon: 0 }, { lat: 1, lon: 0 })).toBeCloseTo(111.2, 1);
  expect(distanceKm({ lat: 0, lon: 0 }, { lat: 0, lon: 180 })).toBeCloseTo(20_015, 0);
});

test('two sides of the date line are close', () => {
  expect(distanceKm({ lat: -13, lon: 179.9 }, { lat: -13, lon: -179.9 })).toBeLessThan(25);
});

test('a distance is the same both ways, and never longer than a detour', () => {
  fc.assert(
    fc.property(point, point, point, (a, b, c) => {
      expect(distanceKm(a, b)).toBeCloseTo(distanceKm(b, a), 6);
      // To a metre: between two opposite points of the Earth, the arc sine is only that precise.
      expect(distanceKm(a, c)).toBeLessThanOrEqual(distanceKm(a, b) + distanceKm(b, c) + 1e-3);
    }),
  );
});

test('the nearest are those that sorting everything would give', () => {
  fc.assert(
    fc.property(
      fc.array(point, { maxLength: 40 }),
      point,
      few,
      fc.integer({ min: 500, max: 20_000 }),
      (items, centre, limit, maxKm) => {
        const sorted = items.map((item) => distanceKm(centre, item)).sort((a, b) => a - b);
        const nearest = prepareNearest(items);
        expect(nearest(centre, { limit }).map((near) => near.distanceKm)).toEqual(sorted.slice(0, limit));
        const within = sorted.filter((distance) => distance <= maxKm).slice(0, limit);
        expect(nearest(centre, { limit, maxKm }).map((near) => near.distanceKm)).toEqual(within);
      },
    ),
  );
});
