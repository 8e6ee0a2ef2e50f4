import { beforeAll, expect, test } from 'vitest';
import { referenceTerritories } from '#testing/reference-rows.ts';
import { type CommuneAsked, communeAsked } from './commune-asked.ts';
import { buildTerritoryIndex, type TerritoryIndex } from './territory-index.ts';

let index: TerritoryIndex;
beforeAll(() => {
  index = buildTerritoryIndex(referenceTerritories());
});

const asked = (text: string, code = ''): CommuneAsked => communeAsked(index, text, code);

test.each([
  ['Rennes', '35238'],
  ['rennes', '35238'],
  ['35238', '35238'],
  ['35000', '35238'],
  ['35 000', '35238'],
  ['Rennes cedex 7', '35238'],
  ['st denis 974', '97411'],
  ['Saint-Denis (La Réunion)', '97411'],
  ['le robert', '97222'],
  ['Ivry-sur-Seine', '94041'],
])('%j is commune %s', (typed, code) => {
  expect(asked(typed)).toMatchObject({ state: 'found', commune: { code } });
});

test.each([
  // The INSEE code of Le Haillan.
  ['33200', ['Bordeaux']],
  // Of Eringhem.
  ['59200', ['Tourcoing']],
  // Of Aurons.
  ['13008', ['Marseille', 'Marseille 8e arrondissement']],
  // Of Vieux-Fort, in Guadeloupe.
  ['97133', ['Saint-Barthélemy']],
])('%s is a postcode before it is an INSEE code', (typed, names) => {
  const answer = asked(typed);
  const communes = answer.state === 'found' ? [answer.commune] : answer.state === 'several' ? answer.communes : [];
  expect(communes.map(({ name }) => name)).toEqual(names);
});

test('a code that a link gives beside itself is that of a commune', () => {
  expect(communeAsked(index, '33200', '33200')).toMatchObject({ state: 'found', commune: { name: 'Le Haillan' } });
});

test('a postcode of many communes offers them all, in the order of names', () => {
  const answer = asked('02160');
  const names = answer.state === 'several' ? answer.communes.map(({ name }) => name) : [];
  expect(names.length).toBeGreaterThan(30);
  expect(names).toEqual(names.toSorted((a, b) => a.localeCompare(b, 'fr')));
});

test('a name that several communes bear lets the person choose', () => {
  const answer = asked('saint-denis');
  expect(answer.state === 'several' && answer.communes.map(({ code }) => code)).toEqual(
    expect.arrayContaining(['93066', '97411']),
  );
});

test.each([
  ['the name alone, as the propositions write it', 'Saint-Denis', '97411', '97411'],
  ['the name with its département', 'Saint-Denis (La Réunion)', '97411', '97411'],
  ['the name as somebody types it', 'st denis', '93066', '93066'],
  ['a name of the past', 'Tourlaville', '50129', '50129'],
  ['nothing', '', '97411', '97411'],
  ['another name, typed since', 'Bordeaux', '97411', '33063'],
  ['the same name elsewhere', 'Saint-Denis (Seine-Saint-Denis)', '97411', '93066'],
  ['a code that is none', 'Rennes', 'constructor', '35238'],
])('a chosen code beside %s', (_what, typed, code, expected) => {
  expect(asked(typed, code)).toMatchObject({ state: 'found', commune: { code: expected } });
});

test('nothing typed, or nothing known', () => {
  expect(asked('')).toEqual({ state: 'none' });
  expect(asked('', '99999')).toEqual({ state: 'none' });
  expect(asked('zzzzzz')).toEqual({ state: 'unknown' });
});
