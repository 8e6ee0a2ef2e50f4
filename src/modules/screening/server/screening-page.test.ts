import { describe, expect, test } from 'vitest';
import { locales } from '#messages/locale.ts';
import { fixedClock } from '#platform/clock.ts';
import { permitted, screeningPage } from './index.ts';

const clock = fixedClock('2026-11-21T10:00:00Z');
const page = (EPDS_PERMISSION: string | undefined, atMachine: boolean, locale: (typeof locales)[number] = 'fr') =>
  screeningPage(locale, { EPDS_PERMISSION, EPDS_REVIEWED_BY: undefined }, { atMachine, clock });

describe('the permission of the holder of the scale', () => {
  test.each([
    [undefined, false, 'none'],
    [undefined, true, 'trial'],
    ['Accord du 3 mars 2027', false, 'written'],
    ['Accord du 3 mars 2027', true, 'written'],
    ['non', true, 'none'],
    ['non', false, 'none'],
  ] as const)('%s, at the machine: %s → %s', (permission, atMachine, expected) => {
    expect(permitted(permission, atMachine)).toBe(expected);
  });

  test('without it, no word of the scale leaves the server, and everything else does', () => {
    const { wordings, calls, words, trial } = page(undefined, false);
    expect(wordings).toEqual([]);
    expect(trial).toBe(false);
    expect(calls.map(({ number }) => number)).toEqual(['3114', '15', '114']);
    expect(words.withoutScale.text).toContain('Royal College of Psychiatrists');
  });

  test('with it, its reference is shown', () => {
    expect(page('Accord du 3 mars 2027', false)).toMatchObject({ permission: 'Accord du 3 mars 2027', trial: false });
  });
});

test.each(locales)('%s: the first text offered is one that was published and validated', (locale) => {
  const [first] = page('Accord', false, locale).wordings;
  expect(first).toMatchObject({ status: 'validated', lang: locale === 'en' ? 'en' : 'fr' });
});
