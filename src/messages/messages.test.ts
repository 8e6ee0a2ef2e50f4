import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { count, fill, formatDay, formatNumber } from './format.ts';
import { directionOf, hrefFor, linkLanguage, locales, localesOf, readAddress } from './locale.ts';
import { catalogue } from './server/catalogue.ts';

/** Every sentence by its place: `help.traces.title`. A plural (an object with `other`) is one sentence. */
const sentences = (value: unknown, place = ''): [string, string][] => {
  if (typeof value === 'string') return [[place, value]];
  if (typeof value !== 'object' || value === null) throw new Error(`${place} is neither a sentence nor a group`);
  if ('other' in value) return [[place, String(value.other)]];
  return Object.entries(value).flatMap(([key, inside]) => sentences(inside, place ? `${place}.${key}` : key));
};
const holes = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();
const french = sentences(catalogue.fr);

describe.each(locales.filter((locale) => locale !== 'fr'))('the catalogue in %s', (locale) => {
  const translated = sentences(catalogue[locale]);

  test('has exactly the keys of French', () => {
    expect(translated.map(([place]) => place)).toEqual(french.map(([place]) => place));
  });

  test('keeps the places to fill of each sentence', () => {
    const there = Object.fromEntries(translated);
    for (const [place, text] of french) expect(holes(there[place] ?? ''), place).toEqual(holes(text));
  });

  test('leaves nothing empty but what is empty in French on purpose', () => {
    for (const [place, text] of translated) expect(text.trim(), place).not.toBe('');
  });
});

describe('French typography', () => {
  test.each(french)('%s has its non-breaking spaces and its real apostrophes', (_, text) => {
    expect(text).not.toMatch(/ [:;?!»]|« |'/);
  });
});

describe('addresses', () => {
  test.each([
    ['/', 'fr', '/'],
    ['/aide', 'fr', '/aide'],
    ['/en', 'en', '/'],
    ['/en/', 'en', '/'],
    ['/ar/aide', 'ar', '/aide'],
    ['/entretien', 'fr', '/entretien'],
    ['/de/aide', 'fr', '/de/aide'],
    ['/fr/aide', 'fr', '/fr/aide'],
  ])('%s is read as %s, %s', (pathname, locale, path) => {
    expect(readAddress(pathname)).toEqual({ locale, path });
  });

  test('a page without translation keeps its French address, and says so', () => {
    expect(hrefFor('ar', '/mon-parcours')).toBe('/mon-parcours');
    expect(linkLanguage('ar', '/mon-parcours')).toBe('fr');
    expect(linkLanguage('ar', '/aide#traces')).toBeUndefined();
  });

  test('every page in every language comes back to itself', () => {
    fc.assert(
      fc.property(fc.constantFrom(...locales), fc.constantFrom('/', '/aide', '/depistage'), (locale, path) => {
        expect(localesOf(path)).toContain(locale);
        expect(readAddress(hrefFor(locale, path))).toEqual({ locale, path });
      }),
    );
  });

  test('Arabic reads from right to left, the others from left to right', () => {
    expect(locales.filter((locale) => directionOf(locale) === 'rtl')).toEqual(['ar']);
  });
});

describe('numbers and dates', () => {
  test('a place without value is a bug', () => {
    expect(fill('Appeler le {number}', { number: '15' })).toBe('Appeler le 15');
    expect(() => fill('Appeler le {number}', {})).toThrow(/needs “number”/);
  });

  test.each([
    [0, '0 projet'],
    [1, '1 projet'],
    [2, '2 projets'],
    [1234, '1\u202f234 projets'],
  ])('%d is said “%s” in French', (value, said) => {
    expect(count('fr', { one: '{count} projet', other: '{count} projets' }, value)).toBe(said);
  });

  test('the six plurals of Arabic each find their form', () => {
    const forms = { zero: 'zero', one: 'one', two: 'two', few: 'few', many: 'many', other: 'other' };
    expect([0, 1, 2, 3, 11, 100].map((value) => count('ar', forms, value))).toEqual(Object.keys(forms));
  });

  test.each([
    ['fr', '2026-12-01', '1er décembre 2026'],
    ['fr', '2026-11-21', '21 novembre 2026'],
    ['en', '2026-11-21', '21 November 2026'],
    ['ar', '2026-11-21', '21 نوفمبر 2026'],
  ] as const)('%s says %s “%s”', (locale, day, said) => {
    expect(formatDay(locale, day)).toBe(said);
  });

  test('Arabic pages use the digits of the telephone', () => {
    expect(formatNumber('ar', 1234)).toMatch(/^1.?234$/);
  });
});
