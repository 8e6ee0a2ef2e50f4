import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { easterSunday, holidayArea, isPublicHoliday } from './public-holidays.ts';
import {
  closeDay,
  emptyWeek,
  isOpenAt,
  isoOfMoment,
  mondayOfWeek,
  nextSlot,
  openRange,
  rangesOf,
  SLOTS,
  weekMoment,
  weekNumber,
} from './week.ts';

const anyDay = fc
  .integer({ min: -30_000, max: 60_000 })
  .map((days) => Temporal.PlainDate.from('1970-01-01').add({ days }));

describe('a week of bits', () => {
  it('gives back the stretches that were opened, whatever they are', () => {
    const stretches = fc.uniqueArray(fc.integer({ min: 0, max: SLOTS }), { minLength: 2, maxLength: 20 });
    fc.assert(
      fc.property(stretches, (bounds) => {
        const sorted = bounds.toSorted((a, b) => a - b);
        const expected = [];
        for (let at = 0; at + 1 < sorted.length; at += 2)
          expected.push({ from: sorted[at] ?? 0, to: sorted[at + 1] ?? 0 });
        const week = emptyWeek();
        for (const { from, to } of expected) openRange(week, from, to);
        expect(rangesOf(week)).toEqual(expected);
        for (const { from, to } of expected) {
          expect(isOpenAt(week, 0, from)).toBe(true);
          expect(isOpenAt(week, 0, to - 1)).toBe(true);
          expect(to < SLOTS && isOpenAt(week, 0, to)).toBe(false);
        }
      }),
    );
  });

  it('closes one day and no other', () => {
    const week = emptyWeek();
    openRange(week, 0, SLOTS);
    closeDay(week, 2);
    expect(rangesOf(week)).toEqual([
      { from: 0, to: 576 },
      { from: 864, to: 2016 },
    ]);
    expect(nextSlot(week, 0, 576, true)).toBe(864);
  });

  it('says the local date and time of a moment', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 0, max: 287 }), (day, slot) => {
        const local = day.toPlainDateTime().add({ minutes: slot * 5 });
        expect(isoOfMoment(weekMoment(local))).toBe(local.toString().slice(0, 16));
        expect(mondayOfWeek(weekNumber(day)).dayOfWeek).toBe(1);
      }),
    );
  });
});

describe('public holidays', () => {
  it.each([['2026-04-05'], ['2027-03-28'], ['2028-04-16'], ['2038-04-25']])('Easter is on %s', (day) => {
    expect(easterSunday(Number(day.slice(0, 4))).toString()).toBe(day);
  });

  it.each([
    ['2027-03-29', '75', true],
    ['2027-05-06', '35', true],
    ['2027-05-17', '35', true],
    ['2026-12-26', '35', false],
    ['2026-12-26', '67', true],
    ['2027-03-26', '57', true],
    ['2027-03-26', '54', false],
    ['2026-12-20', '974', true],
    ['2026-12-20', '971', false],
    ['2027-05-22', '972', true],
    ['2026-11-24', '974', false],
    ['2027-09-24', '988', true],
    ['2027-09-24', '75', false],
    ['2027-03-26', '988', false],
    ['2027-03-05', '987', true],
    ['2027-03-26', '987', true],
    ['2025-06-29', '987', true],
    ['2025-11-20', '987', false],
    ['2027-06-29', '987', false],
    ['2026-11-20', '987', true],
    ['2026-11-20', '988', false],
    ['2027-07-14', '986', true],
  ])('%s in %s: %s', (day, departement, holiday) => {
    expect(isPublicHoliday(Temporal.PlainDate.from(day), departement)).toBe(holiday);
    expect(isPublicHoliday(Temporal.PlainDate.from(day), holidayArea(departement))).toBe(holiday);
  });
});
