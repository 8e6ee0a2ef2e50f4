import { expect, test } from 'vitest';
import { fixedClock, todayIn } from './clock.ts';

test('the same instant is another day in Nouméa, La Réunion and Papeete', () => {
  const clock = fixedClock('2026-11-20T20:30:00Z');
  expect(todayIn(clock, 'Pacific/Noumea').toString()).toBe('2026-11-21');
  expect(todayIn(clock, 'Indian/Reunion').toString()).toBe('2026-11-21');
  expect(todayIn(clock, 'Pacific/Tahiti').toString()).toBe('2026-11-20');
});
