import { expect, test } from 'vitest';
import { toFragment } from './fragment.ts';
import { cardToFragment, readCard } from './help-card.ts';

test('a card arrives as it was composed', () => {
  const wishes = ['Apporter un repas', 'Venir, sans rien demander 🙂'];
  expect(readCard(cardToFragment(wishes))).toEqual(wishes);
});

test.each([
  ['not base64', '***'],
  ['not a list', toFragment('{"a":1}')],
  ['nothing', toFragment('[]')],
  ['not words', toFragment('[1]')],
  ['too many', cardToFragment(Array.from({ length: 21 }, (_, index) => String(index)))],
  ['too long', cardToFragment(['a'.repeat(501)])],
])('%s is no card', (_, fragment) => {
  expect(readCard(fragment)).toBeUndefined();
});
