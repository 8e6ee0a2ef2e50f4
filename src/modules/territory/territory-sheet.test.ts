import { beforeAll, expect, test } from 'vitest';
import { referenceTerritories } from '#testing/reference-rows.ts';
import { kindOfSegment, parseTerritory, territoryPath } from './territory-code.ts';
import { buildTerritoryIndex, type TerritoryIndex } from './territory-index.ts';
import { type TerritorySheet, territorySheet, territoryToShow } from './territory-sheet.ts';

let index: TerritoryIndex;
beforeAll(() => {
  index = buildTerritoryIndex(referenceTerritories());
});

const today = Temporal.PlainDate.from('2026-11-21');

const territory = (text: string) => {
  const parsed = parseTerritory(text);
  if (!parsed.ok) throw new Error(text);
  return parsed.value;
};

const sheet = (text: string, more: { words?: string; page?: number } = {}): TerritorySheet => {
  const found = territorySheet(index, territory(text), { today, words: '', page: 1, ...more });
  if (!found) throw new Error(`no sheet for ${text}`);
  return found;
};

const fact = (of: TerritorySheet, term: string) => of.facts.find((each) => each.term === term);
const spaces = (text: unknown) => String(text).replaceAll(/[\u00A0\u202F]/g, ' ');

test('a commune says where it is, in links, and how well its point is known', () => {
  const rennes = sheet('commune:35238');
  expect(rennes).toMatchObject({ name: 'Rennes', locative: 'à Rennes', nature: 'Commune', communes: undefined });
  expect(rennes.trail.map(({ href }) => href)).toEqual([
    '/territoires',
    '/territoires/regions/53',
    '/territoires/departements/35',
  ]);
  expect(fact(rennes, 'Intercommunalité')).toMatchObject({ href: '/territoires/epci/243500139' });
  expect(spaces(fact(rennes, 'Population')?.detail)).toMatch(/^2\d\d \d\d\d habitants$/);
  expect(fact(rennes, 'Vacances scolaires')?.detail).toEqual(['Zone B (académie de Rennes)']);
  expect(spaces(fact(rennes, 'Position')?.detail)).toContain('3 km');
  expect(rennes.lists.map(({ title }) => title)).toEqual(['Les communes voisines']);
  expect(rennes.lists[0]?.rows.map(({ title }) => title)).not.toContain('Rennes');
});

test('a city with arrondissements lists them in order; an arrondissement leads back to its city', () => {
  const titles = sheet('commune:69123').lists[0]?.rows.map(({ title }) => title);
  expect(titles?.slice(0, 2)).toEqual(['Lyon 1er arrondissement', 'Lyon 2e arrondissement']);
  const third = sheet('commune:69383');
  expect(third.nature).toBe('Arrondissement');
  expect(third.trail.at(-1)).toEqual({ href: '/territoires/communes/69123', label: 'Lyon' });
  expect(third.locative).toBe('dans le 3e arrondissement de Lyon');
});

test('a département lists its intercommunal bodies and its communes, page by page and by name', () => {
  const first = sheet('departement:35');
  expect(first.communes).toMatchObject({ all: 332, found: 332, page: 1, pages: 7 });
  expect(first.communes?.rows).toHaveLength(50);
  const last = sheet('departement:35', { page: 99 });
  expect(last.communes).toMatchObject({ page: 7 });
  expect(last.communes?.rows).toHaveLength(32);
  expect(sheet('departement:35', { words: 'st malo' }).communes?.rows.map(({ title }) => title)).toEqual([
    'Saint-Malo',
    'Saint-Malo-de-Phily',
    'Saint-Malon-sur-Mel',
  ]);
  expect(sheet('departement:35', { words: '35000' }).communes?.found).toBe(1);
  expect(sheet('departement:35', { words: 'zzz', page: 3 }).communes).toMatchObject({ found: 0, page: 1, pages: 1 });
});

test('a region lists its départements; one that is its only département is said once in the trail', () => {
  expect(sheet('region:53').lists[0]?.rows.map(({ title }) => title)).toEqual([
    'Côtes-d’Armor',
    'Finistère',
    'Ille-et-Vilaine',
    'Morbihan',
  ]);
  expect(sheet('commune:97411').trail.map(({ label }) => label)).toEqual(['Territoires', 'La Réunion']);
});

test('an intercommunal body over two départements names both', () => {
  const redon = sheet('epci:243500741');
  expect(redon.facts.filter(({ href }) => href?.includes('/departements/')).map(({ detail }) => detail)).toEqual([
    'Ille-et-Vilaine',
    'Loire-Atlantique',
    'Morbihan',
  ]);
});

test('a place without inhabitants or postcodes has a sheet all the same', () => {
  const terreAdelie = sheet('commune:98414');
  expect(fact(terreAdelie, 'Population')?.detail).toBe('Sans habitant permanent');
  expect(fact(terreAdelie, 'Code postal')).toBeUndefined();
  expect(terreAdelie.lists).toEqual([]);
});

test.each([
  ['commune:50602', 'commune:50129'],
  ['commune:35238', 'commune:35238'],
  ['region:988', 'departement:988'],
  ['region:04', 'region:04'],
  ['departement:75', 'departement:75'],
])('the page of %s is that of %s', (asked, shown) => {
  expect(territoryToShow(index, territory(asked))).toEqual(territory(shown));
});

test.each(['commune:99999', 'epci:000000000', 'departement:20', 'region:99'])('%s has no page', (asked) => {
  expect(territoryToShow(index, territory(asked))).toBeUndefined();
  expect(territorySheet(index, territory(asked), { today, words: '', page: 1 })).toBeUndefined();
});

test('every territory of France has a sheet, and every link in it leads to a territory', () => {
  const all = [
    ...index.regions.map(({ code }) => ({ kind: 'region', code }) as const),
    ...index.departements.map(({ code }) => ({ kind: 'departement', code }) as const),
    ...index.epcis.map(({ code }) => ({ kind: 'epci', code }) as const),
    ...index.communes.filter((_, at) => at % 50 === 0).map(({ code }) => ({ kind: 'commune', code }) as const),
  ];
  const links = new Set<string>();
  for (const each of all) {
    const made = territorySheet(index, each, { today, words: '', page: 1 });
    expect(made, territoryPath(each)).toBeDefined();
    const rows = [...(made?.lists.flatMap((list) => list.rows) ?? []), ...(made?.communes?.rows ?? [])];
    for (const { href } of [...rows, ...(made?.trail ?? []), ...(made?.facts ?? [])]) if (href) links.add(href);
  }
  links.delete('/territoires');
  for (const link of links) {
    const [, , segment = '', code = ''] = link.split('/');
    expect(index.describe(territory(`${kindOfSegment(segment)}:${code}`)), link).toBeDefined();
  }
}, 60_000);
