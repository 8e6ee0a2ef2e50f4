import { expect, test } from 'vitest';
import { saidDay } from './said.ts';

test('a day is said as people say it, and a moment by the day it is in Paris', () => {
  expect(saidDay(Temporal.PlainDate.from('2026-12-01'))).toBe('1er décembre 2026');
  expect(saidDay(Temporal.Instant.from('2026-11-30T23:30:00Z'))).toBe('1er décembre 2026');
});
