import fc from 'fast-check';
import { expect, test } from 'vitest';
import { drawPlan } from './plan.ts';

const rennes = { name: 'Rennes', population: 220_000, lat: 48.11, lon: -1.68 };
const spot = fc.record({
  lat: fc.double({ min: 41, max: 51, noNaN: true }),
  lon: fc.double({ min: -5, max: 9, noNaN: true }),
});

test('every place is drawn, inside, and none hides another, however close they are', () => {
  const near = spot.map(({ lat, lon }) => ({ lat: 48 + lat / 1e4, lon: -1.6 + lon / 1e4 }));
  fc.assert(
    fc.property(
      fc.array(fc.oneof(spot, near, fc.constant({ lat: 48.11, lon: -1.68 })), { minLength: 1, maxLength: 20 }),
      (spots) => {
        const plan = drawPlan(
          spots.map((one, rank) => ({ ...one, rank: rank + 1 })),
          [rennes],
        );
        expect(plan?.marks.map(({ rank }) => rank)).toEqual(spots.map((_, rank) => rank + 1));
        for (const [at, { x, y }] of (plan?.marks ?? []).entries()) {
          expect(x >= 0 && x <= 400 && y >= 0 && y <= 280).toBe(true);
          for (const other of plan?.marks.slice(at + 1) ?? []) {
            // The middle of each stays in sight.
            expect(Math.hypot(other.x - x, other.y - y)).toBeGreaterThan(14);
          }
        }
      },
    ),
  );
});

test('one place stands in surroundings wide enough for two towns to say where it is, with a scale', () => {
  const cesson = { name: 'Cesson-Sévigné', population: 18_000, lat: 48.12, lon: -1.6 };
  const [one] = [{ lat: 48.09, lon: -1.64, rank: 1 }];
  const plan = drawPlan([one], [rennes, cesson, { ...rennes, name: 'Ailleurs', lat: 45 }]);
  expect(plan?.marks).toEqual([{ rank: 1, x: 200, y: 140 }]);
  expect(plan?.names.map(({ text }) => text)).toEqual(['Rennes', 'Cesson-Sévigné']);
  expect(plan?.scale.length).toBeGreaterThan(30);
  expect(drawPlan([one], [])?.scale).toEqual({ km: 10, length: 86 });
});

test('what is north is above, what is east is on the right, and distances keep their proportions', () => {
  const [south, north, east] = [
    { lat: 48, lon: 2 },
    { lat: 48.1, lon: 2 },
    { lat: 48, lon: 2 + 0.1 / Math.cos((48.05 * Math.PI) / 180) },
  ];
  const [a, b, c] =
    drawPlan(
      [south, north, east].map((one, at) => ({ ...one, rank: at })),
      [],
    )?.marks ?? [];
  expect((a?.y ?? 0) - (b?.y ?? 0)).toBeGreaterThan(0);
  expect(Math.abs((a?.y ?? 0) - (b?.y ?? 0) - ((c?.x ?? 0) - (a?.x ?? 0)))).toBeLessThanOrEqual(2);
});

test('nothing to draw, no drawing', () => {
  expect(drawPlan([], [rennes])).toBeUndefined();
});
