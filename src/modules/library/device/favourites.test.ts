import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { eraseFavourites, favourites, keepFavourite } from './favourites.ts';

const stored = new Map<string, string>();
beforeEach(() => {
  stored.clear();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => stored.set(key, value),
    removeItem: (key: string) => stored.delete(key),
  });
});
afterEach(() => vi.unstubAllGlobals());

test('an article is kept once, the last one first, and let go', () => {
  expect(keepFavourite('pleurs', true)).toBe(true);
  expect(keepFavourite('ecrans', true)).toBe(true);
  expect(keepFavourite('pleurs', true)).toBe(true);
  expect(favourites()).toEqual(['pleurs', 'ecrans']);
  expect(keepFavourite('pleurs', false)).toBe(false);
  expect(favourites()).toEqual(['ecrans']);
});

test('erasing, or letting the last one go, leaves nothing on the device', () => {
  keepFavourite('pleurs', true);
  eraseFavourites();
  expect(stored.size).toBe(0);
  keepFavourite('pleurs', true);
  keepFavourite('pleurs', false);
  expect(stored.size).toBe(0);
});

test.each(['{', '"pleurs"', '[1, null, "pleurs"]'])('a damaged store (%s) gives what can be read', (text) => {
  stored.set('mille-jours:articles-gardes', text);
  expect(favourites()).toEqual(text.startsWith('[') ? ['pleurs'] : []);
});

test('a browser that stores nothing says that nothing is kept', () => {
  vi.stubGlobal('localStorage', {
    getItem: () => null,
    setItem: () => {
      throw new Error('refused');
    },
  });
  expect(keepFavourite('pleurs', true)).toBe(false);
});
