import { expect, test } from 'vitest';
import { unsent, unsentTransport } from './unsent.ts';

test('what is marked is not written for the client, and nothing else is left out', () => {
  const data = { words: 'bonjour' };
  expect(unsentTransport.encode(data)).toBe(false);
  expect(unsent(data)).toBe(data);
  expect(unsentTransport.encode(data)).toBe(1);
  for (const other of [{ words: 'bonjour' }, 'bonjour', null, undefined, 0]) {
    expect(unsentTransport.encode(other)).toBe(false);
  }
});

test('a client that would read it is told at once', () => {
  expect(unsentTransport.decode).toThrow('client');
});
