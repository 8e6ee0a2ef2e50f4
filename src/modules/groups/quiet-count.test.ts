import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countedSince, QUIET_DAYS } from './quiet-count.ts';

const at = (text: string): Temporal.Instant => Temporal.Instant.from(text);
const isCounted = (left: Temporal.Instant, now: Temporal.Instant): boolean =>
  Temporal.Instant.compare(left, countedSince(now)) >= 0;

test('a count moves on Mondays at midnight in Paris, and nobody leaves it within a week', () => {
  expect(countedSince(at('2026-11-22T22:59:59Z')).toString()).toBe('2026-11-08T23:00:00Z');
  expect(countedSince(at('2026-11-22T23:00:00Z')).toString()).toBe('2026-11-15T23:00:00Z');
});

test('who left is counted for a week at least, and a fortnight and an hour at most', () => {
  const instant = fc
    .integer({ min: 1_790_000_000, max: 1_900_000_000 })
    .map((s) => Temporal.Instant.fromEpochMilliseconds(s * 1_000));
  fc.assert(
    fc.property(instant, fc.integer({ min: 0, max: 30 * 24 }), (left, hours) => {
      const counted = isCounted(left, left.add({ hours }));
      if (hours < QUIET_DAYS * 24) expect(counted).toBe(true);
      if (hours > 2 * QUIET_DAYS * 24 + 1) expect(counted).toBe(false);
    }),
  );
});
