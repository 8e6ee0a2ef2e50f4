import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { keepPlace, keptPlaces, leavePlaces } from './index.ts';

const stored = new Map<string, string>();
const address = (letter: string): string => `/groupes/ma-place/${letter.repeat(43)}`;
beforeEach(() => {
  stored.clear();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => stored.set(key, value),
    removeItem: (key: string) => stored.delete(key),
  });
});
afterEach(() => vi.unstubAllGlobals());

test('a place is kept once, by its newest link, and forgotten; what is not ours is no place', () => {
  keepPlace('one', address('a'));
  keepPlace('one', address('b'));
  expect(keptPlaces()).toEqual({ one: address('b') });
  keepPlace('one');
  expect(stored.size).toBe(0);
  for (const broken of ['', 'x', '[]', 'null', '{"one":"https://ailleurs.example/"}', '{"one":7}']) {
    stored.set('mille-jours:places', broken);
    expect(keptPlaces()).toEqual({});
  }
});

test('all places are left by the gesture of a mail programme; what the network lost is still kept', async () => {
  keepPlace('one', address('a'));
  keepPlace('two', address('b'));
  const asked: string[] = [];
  let online = false;
  vi.stubGlobal('fetch', async (url: string, { method }: RequestInit) => {
    asked.push(`${method} ${url}`);
    if (url.startsWith(address('b')) && !online) throw new TypeError('offline');
    return new Response();
  });
  expect(await leavePlaces()).toBe(false);
  expect(asked).toEqual([`POST ${address('a')}/desabonnement`, `POST ${address('b')}/desabonnement`]);
  expect(keptPlaces()).toEqual({ two: address('b') });
  online = true;
  expect([await leavePlaces(), keptPlaces()]).toEqual([true, {}]);
});
