import { expect, test } from 'vitest';
import { schoolCalendarEnd, schoolDay } from './school-calendar.ts';

const calendar = {
  B: { known_until: '2026-12-31', periods: [{ from: '2026-10-18', to: '2026-11-01' }] },
  'La Réunion': { known_until: '2026-11-30', periods: [{ from: '2026-10-10', to: '2026-10-25' }] },
};

test.each([
  ['2026-10-17', '35', 'unknown'],
  ['2026-10-18', '35', 'holidays'],
  ['2026-11-01', '35', 'holidays'],
  ['2026-11-02', '35', 'school'],
  ['2027-01-05', '35', 'unknown'],
  ['2026-10-25', '974', 'holidays'],
  ['2026-10-28', '974', 'school'],
  ['2026-10-25', '2A', 'unknown'],
])('%s in %s: %s', (day, departement, expected) => {
  expect(schoolDay(Temporal.PlainDate.from(day), departement, calendar)).toBe(expected);
});

test('a calendar says until when it is known', () => {
  expect(schoolCalendarEnd('35', calendar)).toBe('2026-12-31');
  expect(schoolCalendarEnd('976', calendar)).toBeUndefined();
});
