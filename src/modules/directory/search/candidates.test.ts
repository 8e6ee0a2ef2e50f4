import fc from 'fast-check';
import { expect, it } from 'vitest';
import { buildSegment, rowText } from './build.ts';
import { candidatesOf, rowsInBox } from './candidates.ts';
import { openSegment, type Segment, spotOf } from './segment.ts';

const nothing = rowText('');
const segmentAt = (points: readonly (readonly [lat: number, lon: number])[]): Segment =>
  openSegment(
    buildSegment(
      points.map(([lat, lon], at) => ({
        ...{
          id: at + 1,
          service: 1,
          place: null,
          tour: null,
          lat,
          lon,
          kind: 0,
          priorities: 0,
          audiences: 0,
          modes: 0,
        },
        ...{ access: 0, languages: 0, costs: 0, stageFrom: 0, stageTo: 1, zone: 'Europe/Paris', timetable: null },
        insee: rowText(at % 3 === 0 ? '35238' : '35051'),
        ...{ areas: nothing, terms: nothing, shown: nothing },
      })),
      new Map(),
      0,
    ),
  );

// Whole numbers, so that many points lie on the edges of boxes and on the cuts of the tree.
const degree = fc.integer({ min: -20, max: 20 });
const somePoints = fc.array(fc.tuple(degree, degree), { maxLength: 600, size: 'max' });
const someBox = fc.tuple(degree, degree, degree, degree).map(([a, b, c, d]) => ({
  ...{ west: Math.min(a, b), east: Math.max(a, b), south: Math.min(c, d), north: Math.max(c, d) },
}));

it('walks the rows of a box, edges included, each once', () => {
  fc.assert(
    fc.property(somePoints, someBox, (points, box) => {
      const segment = segmentAt(points);
      const rows = new Uint32Array(points.length);
      const found = [...rows.subarray(0, rowsInBox(segment, box, rows))];
      const inside = [...points.keys()].filter((row) => {
        const { lat, lon } = spotOf(segment, row);
        return lon >= box.west && lon <= box.east && lat >= box.south && lat <= box.north;
      });
      expect(found.sort((a, b) => a - b)).toEqual(inside);
    }),
  );
});

it('gives each row in one lot only, those of the commune first', () => {
  fc.assert(
    fc.property(somePoints, fc.integer({ min: 1, max: 2_000 }), (points, km) => {
      const segment = segmentAt(points);
      const where = { kind: 'communes', codes: ['35238', '35238'], spot: { lat: 0, lon: 0 }, km } as const;
      const lots = [...candidatesOf(segment, where, [])].map(({ count, limit }) => ({ count, limit }));
      expect(lots[0]?.count).toBe(points.filter((_, at) => at % 3 === 0).length);
      const seen: number[] = [];
      for (const { rows, count } of candidatesOf(segment, where, [])) seen.push(...rows.subarray(0, count));
      expect(new Set(seen).size).toBe(seen.length);
    }),
  );
});
