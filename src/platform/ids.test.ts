import { expect, test } from 'vitest';
import { readRowId } from './ids.ts';

test.each([
  ['1', 1],
  ['2147483647', 2_147_483_647],
  ['2147483648', undefined],
  ['99999999999', undefined],
  ['0', undefined],
  ['-1', undefined],
  ['1e9', undefined],
  ['0x10', undefined],
  [' 1', undefined],
  ['', undefined],
  [undefined, undefined],
])('the number of a row, %j: %j', (text, id) => {
  expect(readRowId(text)).toBe(id);
});
