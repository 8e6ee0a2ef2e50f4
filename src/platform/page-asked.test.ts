import { expect, test } from 'vitest';
import { pageAsked } from './page-asked.ts';

test.each([
  ['', 1],
  ['?page=', 1],
  ['?page=3', 3],
  ['?page=1000', 1_000],
  ['?page=1001', 1_000],
  ['?page=9999999999999', 1],
  ['?page=0', 1],
  ['?page=-2', 1],
  ['?page=2.5', 1],
  ['?page=deux', 1],
  ['?page=4&page=5', 4],
])('%s asks for page %i', (search, page) => {
  expect(pageAsked(new URL(`http://localhost/${search}`))).toBe(page);
});
