import { expect, test } from 'vitest';
import { near } from './near.ts';

const sentences = (value: unknown): string[] =>
  typeof value === 'string' ? [value] : Object.values(value ?? {}).flatMap(sentences);

test.each(sentences(near))('« %s » is typeset', (text) => {
  expect(text).not.toMatch(/'| [:;?!»]|« /);
});
