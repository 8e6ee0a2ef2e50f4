import fc from 'fast-check';
import { expect, test } from 'vitest';
import { outlineOf, radiusOf, type Spot, squareOf } from './scenario-map.ts';

test('a map keeps its shape, holds all that it shows, and its outline is around everything', () => {
  // Rennes, Brest, Nantes: as far as they are from one another on the ground, whatever a degree is worth there.
  const [rennes, brest, nantes] = [
    { lon: -1.68, lat: 48.11 },
    { lon: -4.49, lat: 48.39 },
    { lon: -1.55, lat: 47.22 },
  ];
  const put = squareOf([rennes, brest, nantes]);
  const away = (a: Spot, b: Spot) => Math.hypot(put(a).x - put(b).x, put(a).y - put(b).y);
  expect(away(rennes, brest) / away(rennes, nantes)).toBeCloseTo(210 / 99.5, 1);
  expect(put(brest).x).toBeLessThan(put(rennes).x);
  expect(put(nantes).y).toBeGreaterThan(put(rennes).y);
  expect(squareOf([rennes])(rennes)).toEqual({ x: 50, y: 50 });
  expect([radiusOf(1) < radiusOf(4), radiusOf(5_000)]).toEqual([true, 12]);
  const spot = fc.record({
    lon: fc.double({ min: -61, max: 56, noNaN: true }),
    lat: fc.double({ min: -21, max: 51, noNaN: true }),
  });
  fc.assert(
    fc.property(fc.array(spot, { minLength: 1, maxLength: 30 }), (spots) => {
      const points = spots.map(squareOf(spots));
      for (const { x, y } of points) expect([x, y].every((one) => one >= 0 && one <= 100)).toBe(true);
      const outline = outlineOf(points);
      for (const [at, from] of outline.entries()) {
        const to = outline[(at + 1) % outline.length] ?? from;
        for (const { x, y } of points)
          expect((to.x - from.x) * (y - from.y) - (to.y - from.y) * (x - from.x)).toBeGreaterThanOrEqual(-1e-6);
      }
    }),
    { numRuns: 50 },
  );
});
