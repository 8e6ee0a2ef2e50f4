import { expect, test } from 'vitest';
import { keepPerVersion } from './keep.ts';

const counted = () => {
  let made = 0;
  return { make: (): { number: number } => ({ number: ++made }), made: () => made };
};

test('what was made from a version is made once for each text, and again from the next version', () => {
  const { make } = counted();
  const keep = keepPerVersion<object, { number: number }>(10);
  const [first, second] = [{}, {}];
  expect(keep(first, 'rennes', make)).toEqual({ number: 1 });
  expect(keep(first, 'rennes', make)).toEqual({ number: 1 });
  expect(keep(first, 'brest', make)).toEqual({ number: 2 });
  expect(keep(second, 'rennes', make)).toEqual({ number: 3 });
  expect(keep(first, 'rennes', make)).toEqual({ number: 1 });
});

test('beyond the most that is kept, the oldest goes', () => {
  const { make, made } = counted();
  const keep = keepPerVersion<object, { number: number }>(2);
  const version = {};
  for (const text of ['a', 'b', 'c']) keep(version, text, make);
  keep(version, 'b', make);
  keep(version, 'c', make);
  expect(made()).toBe(3);
  keep(version, 'a', make);
  expect(made()).toBe(4);
});

test('a text that nobody writes twice is not kept', () => {
  const { make, made } = counted();
  const keep = keepPerVersion<object, { number: number }>(2);
  const version = {};
  keep(version, 'x'.repeat(301), make);
  keep(version, 'x'.repeat(301), make);
  expect(made()).toBe(2);
});
