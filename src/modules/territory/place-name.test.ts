import { expect, test } from 'vitest';
import { foldPlaceName, withoutArticle } from './place-name.ts';

test.each([
  ['L’Haÿ-les-Roses', 'l hay les roses'],
  ["L'HAY LES ROSES", 'l hay les roses'],
  ['St-Étienne', 'saint etienne'],
  ['Ste Foy', 'sainte foy'],
  ['Les Stes-Maries', 'les saintes maries'],
  ['Bourg-St.-Maurice', 'bourg saint maurice'],
  ['Estaing', 'estaing'],
  ['Œuilly', 'oeuilly'],
  ['  Aÿ–Champagne ', 'ay champagne'],
  ['Paris 18ème', 'paris 18e'],
  ['—', ''],
])('%s → %s', (text, expected) => {
  expect(foldPlaceName(text)).toBe(expected);
});

test('the article that people leave out is left out, and only that', () => {
  expect(['le havre', 'la rochelle', 'les lilas', 'l hay', 'lens', 'la'].map(withoutArticle)).toEqual([
    'havre',
    'rochelle',
    'lilas',
    'hay',
    'lens',
    'la',
  ]);
});
