import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ruleOf } from '#platform/recurrence.ts';
import { type StopTimes, visitsOf } from './visit.ts';

const stop = (more: Partial<StopTimes>): StopTimes => ({
  ...{ id: 1, starts_at: '2026-11-24T09:00', minutes: 120, rrule: null, except: [], besides: [] },
  ...more,
});

const day = (iso: string): Temporal.PlainDate => Temporal.PlainDate.from(iso);

const daysOf = (times: StopTimes, from: string, to: string): string[] =>
  visitsOf(times, [], day(from), day(to)).map(({ start }) => start.toPlainDate().toString());

describe('the visits of a stop', () => {
  test('odd weeks are those of the calendar, and the last of a year of 53 weeks is followed by another', () => {
    const odd = stop({ rrule: ruleOf({ days: [2], nth: [], parity: 'odd' }), starts_at: '2026-12-01T09:00' });
    expect(daysOf(odd, '2026-12-01', '2027-02-01')).toEqual([
      ...['2026-12-01', '2026-12-15', '2026-12-29', '2027-01-05', '2027-01-19'],
    ]);
    const even = stop({ rrule: ruleOf({ days: [2], nth: [], parity: 'even' }), starts_at: '2026-12-01T09:00' });
    expect(daysOf(even, '2026-12-01', '2027-02-01')).toEqual(['2026-12-08', '2026-12-22', '2027-01-12', '2027-01-26']);
  });

  test('a bus that comes at 2:30 comes at 2:30, the night the clocks change too', () => {
    const weekly = stop({ rrule: 'FREQ=WEEKLY;BYDAY=SU', starts_at: '2027-03-21T02:30' });
    const found = visitsOf(weekly, [], day('2027-03-21'), day('2027-04-05'));
    expect(found.map(({ start }) => start.toString())).toEqual([
      ...['2027-03-21T02:30:00', '2027-03-28T02:30:00', '2027-04-04T02:30:00'],
    ]);
  });

  test('29 February comes the years that have one', () => {
    const leap = stop({ rrule: 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29', starts_at: '2024-02-29T09:00' });
    expect(daysOf(leap, '2026-01-01', '2029-01-01')).toEqual(['2028-02-29']);
  });

  test('a stop without dates, or with a rule that nobody can read, has none', () => {
    expect(daysOf(stop({ starts_at: null }), '2026-11-01', '2026-12-01')).toEqual([]);
    expect(daysOf(stop({ rrule: 'FREQ=SECONDLY' }), '2026-11-01', '2026-12-01')).toEqual([]);
  });

  test('what does not come any more is told in its place, once', () => {
    const weekly = stop({ rrule: 'FREQ=WEEKLY;BYDAY=TU', except: ['2026-12-01'] });
    const was = Temporal.PlainDateTime.from('2026-12-01T09:00');
    const said = { stop: 1, was, minutes: 120, reason: 'Panne.', toStop: null };
    const found = visitsOf(weekly, [{ ...said, kind: 'cancelled' }], day('2026-11-24'), day('2026-12-09'));
    expect(found.map(({ start, state }) => [start.toPlainDate().toString(), state])).toEqual([
      ...[
        ['2026-11-24', 'planned'],
        ['2026-12-01', 'cancelled'],
        ['2026-12-08', 'planned'],
      ],
    ]);
    const restored = { ...weekly, except: [] };
    expect(visitsOf(restored, [{ ...said, kind: 'restored' }], day('2026-12-01'), day('2026-12-02'))).toHaveLength(1);
    expect(
      visitsOf(restored, [{ ...said, stop: 2, kind: 'cancelled' }], day('2026-12-01'), day('2026-12-02')),
    ).toHaveLength(1);
  });

  test('each visit is within the days asked, in order, and never on an excepted one', () => {
    const weekday = fc.integer({ min: 1, max: 7 });
    const ahead = fc.integer({ min: 0, max: 400 });
    fc.assert(
      fc.property(
        fc.uniqueArray(weekday, { minLength: 1 }),
        fc.constantFrom('odd' as const, 'even' as const, 'all' as const),
        ahead,
        fc.integer({ min: 1, max: 60 }),
        fc.array(ahead, { maxLength: 5 }),
        (days, parity, begins, length, excepted) => {
          const from = day('2026-11-24').add({ days: begins });
          const to = from.add({ days: length });
          const except = excepted.map((days) => day('2026-11-24').add({ days }).toString());
          const rrule = ruleOf({ days: days.toSorted(), nth: [], parity });
          const found = visitsOf(stop({ rrule, except }), [], from, to).map(({ start }) => start);
          expect(found).toEqual(found.toSorted(Temporal.PlainDateTime.compare));
          for (const start of found) {
            const on = start.toPlainDate();
            expect(Temporal.PlainDate.compare(from, on) <= 0 && Temporal.PlainDate.compare(on, to) < 0).toBe(true);
            expect(except).not.toContain(on.toString());
            expect(days).toContain(on.dayOfWeek);
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
