import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fitting } from './programme-sheet.ts';

const date = (at: number, what: number, where: number, aDay = 1) => ({
  ...{ day: `2026-12-${Math.floor(at / aDay)}`, what: 'x'.repeat(what), where: 'x'.repeat(where) },
});
const many = (count: number, what: number, where: number, aDay?: number) =>
  Array.from({ length: count }, (_, at) => date(at, what, where, aDay));

test('a sheet holds a common month whole, and fewer dates when each takes more', () => {
  expect(fitting(many(30, 34, 34))).toBe(30);
  expect(fitting(many(40, 70, 34, 2))).toBe(39);
  expect(fitting(many(200, 70, 34, 2))).toBe(39);
  expect(fitting(many(31, 106, 140))).toBe(18);
  expect(fitting([])).toBe(0);
});

test('what fits, fits with less: adding dates or words never lets in more', () => {
  const dates = fc.array(fc.record({ at: fc.nat(40), what: fc.nat(120), where: fc.nat(200) }), { maxLength: 120 });
  fc.assert(
    fc.property(dates, fc.nat(120), (told, cut) => {
      const all = told.map(({ at, what, where }) => date(at, what, where));
      const held = fitting(all);
      expect(held).toBeLessThanOrEqual(all.length);
      expect(fitting(all.slice(0, cut))).toBe(Math.min(held, cut, all.length));
      expect(fitting(all.map((one) => ({ ...one, what: `${one.what}x` })))).toBeLessThanOrEqual(held);
    }),
  );
});
