import { beforeAll, expect, test } from 'vitest';
import { referenceTerritories } from '#testing/reference-rows.ts';
import { territoriesMeant } from './territory-asked.ts';
import { buildTerritoryIndex, type TerritoryIndex } from './territory-index.ts';

let index: TerritoryIndex;
beforeAll(() => {
  index = buildTerritoryIndex(referenceTerritories());
});

const scopes = (text: string, isFit?: (scope: string) => boolean): string[] =>
  territoriesMeant(index, text, isFit).map(({ scope }) => scope);

test.each([
  ['France', 'france'],
  ['occitanie', 'region:76'],
  ['Bretagne (région)', 'region:53'],
  ['ille et vilaine', 'departement:35'],
  ['Rennes Métropole', 'epci:243500139'],
  ['Rennes', 'commune:35238'],
  ['Saint-Denis (La Réunion)', 'commune:97411'],
  ['departement:2A', 'departement:2A'],
  ['region : 53', 'region:53'],
])('« %s » is %s', (text, scope) => {
  expect(scopes(text)).toEqual([scope]);
});

test('a name of several territories proposes each, told apart', () => {
  const meant = territoriesMeant(index, 'Paris');
  expect(meant).toContainEqual({ scope: 'departement:75', label: 'Paris (département)' });
  expect(meant).toContainEqual({ scope: 'commune:75056', label: 'Paris (Paris)' });
  expect(new Set(meant.map(({ label }) => label)).size).toBe(meant.length);
});

test('the kinds that fit decide between namesakes', () => {
  expect(scopes('Paris', (scope) => scope.startsWith('departement:'))).toEqual(['departement:75']);
  expect(scopes('La Réunion', (scope) => scope.startsWith('region:'))).toEqual(['region:04']);
});

test('the beginning of a name proposes what begins so, a dozen at most', () => {
  expect(scopes('bret', (scope) => scope.startsWith('region:'))).toEqual(['region:53']);
  expect(scopes('saint').length).toBe(12);
});

test.each(['', '  ', 'Nulle-Part-sur-Rien', 'region:99', 'commune:00000'])('« %s » is nowhere', (text) => {
  expect(scopes(text)).toEqual([]);
});
