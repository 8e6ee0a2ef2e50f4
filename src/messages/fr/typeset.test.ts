import { expect, test } from 'vitest';
import { agenda } from './agenda.ts';
import { callback } from './callback.ts';
import { contact } from './contact.ts';
import { frame } from './frame.ts';
import { groups } from './groups.ts';
import { help } from './help.ts';
import { home } from './home.ts';
import { houses } from './houses.ts';
import { journey } from './journey.ts';
import { path } from './path.ts';
import { relatives } from './relatives.ts';
import { respite } from './respite.ts';
import { tours } from './tours.ts';

const sentences = (value: unknown): string[] =>
  typeof value === 'string' ? [value] : Object.values(value ?? {}).flatMap(sentences);

const all = [
  ...new Set(
    sentences([agenda, callback, contact, frame, groups, help, home, houses, journey, path, relatives, respite, tours]),
  ),
];

test.each(all.filter((text) => !text.startsWith('http')))('« %s » is typeset', (text) => {
  expect(text).not.toMatch(/'| [:;?!»%]|« |\.\.\./);
});

test('nobody is called « maman » or « papa », nobody has a duty', () => {
  for (const text of sentences([agenda, callback, groups, houses, journey, path, relatives, respite, tours])) {
    expect(text).not.toMatch(/\b(mamans?|papas?)\b|vous devez|il faut|\p{L}·\p{L}|\(e\)/iu);
  }
});
