import { expect, test } from 'vitest';
import { kinds } from '#modules/directory/index.ts';
import { whomToSeeNear } from '#modules/screening/index.ts';

/** Screening knows nothing of the directory: here, where both meet, the words of one must be those of the other. */
test('every kind of place that the questionnaire sends to is one that the list knows', () => {
  const asked =
    new URL(whomToSeeNear('/autour-de-moi'), 'https://x.example').searchParams.get('kind')?.split(',') ?? [];
  expect(asked.length).toBeGreaterThan(3);
  expect(kinds.map(({ code }): string => code)).toEqual(expect.arrayContaining(asked));
});
