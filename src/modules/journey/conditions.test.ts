import { expect, test } from 'vitest';
import { type Answer, parseConditions, UnknownWord, weigh } from './conditions.ts';

test('a bar binds tighter than a semicolon', () => {
  expect(parseConditions('employee; first_child | needs_support')).toEqual([
    ['employee'],
    ['first_child', 'needs_support'],
  ]);
  expect(parseConditions('')).toEqual([]);
});

test('a day is compared with a fixed one', () => {
  expect(parseConditions('birth>=2026-01-01 | due>=2026-01-01')).toEqual([
    [
      { of: 'birth', is: '>=', day: '2026-01-01' },
      { of: 'due', is: '>=', day: '2026-01-01' },
    ],
  ]);
});

test.each(['salaried', 'employee;;worker', 'birth>2026-01-01', 'toString'])(
  '« %s » is not in the vocabulary',
  (text) => {
    expect(() => parseConditions(text)).toThrow(UnknownWord);
  },
);

test.each<[string, Record<string, Answer>, Answer]>([
  ['', {}, 'yes'],
  ['employee', { employee: 'yes' }, 'yes'],
  ['employee; twins', { employee: 'unknown', twins: 'no' }, 'no'],
  ['employee; twins', { employee: 'unknown', twins: 'yes' }, 'unknown'],
  ['employee | independent', { employee: 'no', independent: 'unknown' }, 'unknown'],
  ['employee | independent', { employee: 'unknown', independent: 'yes' }, 'yes'],
  ['employee | independent', { employee: 'no', independent: 'no' }, 'no'],
])('« %s » with %o is %s', (text, answers, expected) => {
  expect(weigh(parseConditions(text), (word) => answers[String(word)] ?? 'unknown').answer).toBe(expected);
});
