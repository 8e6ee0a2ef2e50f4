import { expect, test } from 'vitest';
import { sameName } from './same-name.ts';

test.each([
  ['CCAS de Matoury (centre communal d’action sociale)', 'CCAS Matoury', true],
  ['Association Exemple', 'ASSOCIATION EXEMPLE', true],
  ['L’Île aux familles', 'Ile aux Familles', true],
  ['Les Petits Pas', 'Association Les Petits Pas de Rennes', true],
  // One common word, or none, names nobody; another place is another structure.
  ['CCAS', 'CCAS de Matoury', false],
  ['Ville de Rennes', 'Ville de Nantes', false],
  ['Maison', 'Maison des parents', false],
  ['', 'Maison des parents', false],
  ['Babilune', 'Association Babilune', true],
])('« %s » and « %s »: %s', (one, other, same) => {
  expect([sameName(one, other), sameName(other, one)]).toEqual([same, same]);
});
