import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  defaultRhythm,
  dueOn,
  type Freshness,
  mayBeAsked,
  quiet,
  rhythms,
  shouldRemind,
  standingOf,
} from './rhythm.ts';

const day = (iso: string): Temporal.PlainDate => Temporal.PlainDate.from(iso);
const start = day('2024-01-31');
const aDay = fc.integer({ min: 0, max: 2500 }).map((days) => start.add({ days }));

const listing = (given: Partial<Freshness> = {}): Freshness => ({
  ...{ rhythm: 6, confirmedOn: day('2026-05-21'), dueOn: day('2026-11-21'), askedOn: null, asks: 0 },
  ...given,
});

test.each([
  ['itinerant', 3],
  ['groupe-de-parents', 3],
  ['cabinet', 6],
  ['creche', 6],
  ['maternite', 12],
  ['mairie', 12],
] as const)('a listing of kind %s is asked about every %i months unless somebody chooses otherwise', (kind, months) => {
  expect(defaultRhythm(kind)).toBe(months);
});

test.each([
  ['2026-11-21', 3, '2027-02-21'],
  ['2026-11-30', 3, '2027-02-28'],
  ['2024-02-29', 12, '2025-02-28'],
  ['2026-08-31', 6, '2027-02-28'],
] as const)('confirmed on %s, every %i months: due on %s', (on, rhythm, due) => {
  expect(dueOn(day(on), rhythm).toString()).toBe(due);
});

describe('a reminder', () => {
  test.each([
    ['fifteen days before', '2026-11-06', {}, false],
    ['fourteen days before', '2026-11-07', {}, true],
    ['long after', '2027-11-07', {}, true],
    ['29 days after another', '2026-12-20', { askedOn: day('2026-11-21'), asks: 1 }, false],
    ['30 days after another', '2026-12-21', { askedOn: day('2026-11-21'), asks: 1 }, true],
    ['after three that nobody answered', '2027-11-21', { askedOn: day('2027-01-21'), asks: 3 }, false],
  ] as const)('%s (%s): %s', (_, today, given, expected) => {
    expect(shouldRemind(listing(given), day(today))).toBe(expected);
  });

  it('never comes twice within a month, nor more than three times, however often the house looks', () => {
    fc.assert(
      fc.property(aDay, fc.constantFrom(...rhythms), fc.array(fc.integer({ min: 0, max: 60 })), (on, rhythm, steps) => {
        let fresh = listing({ rhythm, confirmedOn: on, dueOn: dueOn(on, rhythm) });
        let today = on;
        const sent: Temporal.PlainDate[] = [];
        for (const days of steps) {
          today = today.add({ days });
          if (!shouldRemind(fresh, today)) continue;
          sent.push(today);
          fresh = { ...fresh, askedOn: today, asks: fresh.asks + 1 };
        }
        expect(sent.length).toBeLessThanOrEqual(quiet.most);
        for (const [at, one] of sent.entries()) {
          const before = sent[at - 1];
          if (before) expect(before.until(one).days).toBeGreaterThanOrEqual(quiet.between);
          // Never long before the day: who has just confirmed is left alone.
          expect(one.until(fresh.dueOn).total('days')).toBeLessThanOrEqual(quiet.before);
        }
      }),
    );
  });

  it('comes at last when somebody looks every day', () => {
    fc.assert(
      fc.property(aDay, fc.constantFrom(...rhythms), (on, rhythm) => {
        const due = dueOn(on, rhythm);
        const fresh = listing({ rhythm, confirmedOn: on, dueOn: due });
        expect(shouldRemind(fresh, due)).toBe(true);
        expect(shouldRemind(fresh, on)).toBe(false);
        expect(Temporal.PlainDate.compare(due, on)).toBe(1);
      }),
    );
  });
});

test.each([
  ['nobody ever asked or confirmed', { askedOn: null, confirmedOn: null }, true],
  ['asked 29 days ago', { askedOn: day('2026-10-23'), confirmedOn: null }, false],
  ['asked 30 days ago', { askedOn: day('2026-10-22'), confirmedOn: null }, true],
  ['confirmed last week', { askedOn: null, confirmedOn: day('2026-11-14') }, false],
  ['confirmed 30 days ago', { askedOn: null, confirmedOn: day('2026-10-22') }, true],
])('a campaign on a listing that %s: %s', (_, fresh, expected) => {
  expect(mayBeAsked(fresh, day('2026-11-21'))).toBe(expected);
});

test.each([
  [null, '2026-11-21', 'never'],
  ['2026-05-21', '2026-11-20', 'late'],
  ['2026-05-21', '2026-11-21', 'soon'],
  ['2026-06-21', '2026-12-21', 'soon'],
  ['2026-06-22', '2026-12-22', 'fresh'],
] as const)('confirmed on %s, due on %s: %s on 21 November 2026', (on, due, expected) => {
  expect(standingOf({ confirmedOn: on && day(on), dueOn: day(due) }, day('2026-11-21'))).toBe(expected);
});
