import { expect, test } from 'vitest';
import { referenceRows } from '#testing/reference-rows.ts';
import { inCommune, inDepartement, inEpci, inRegion } from './locative.ts';
import type { CommuneCode, DepartementCode, RegionCode } from './territory-code.ts';

/** Every département and collectivity of the official code, as a person would say it. */
const departements = `
  dans l’Ain; dans l’Aisne; dans l’Allier; dans les Alpes-de-Haute-Provence; dans les Hautes-Alpes;
  dans les Alpes-Maritimes; en Ardèche; dans les Ardennes; en Ariège; dans l’Aube; dans l’Aude; dans l’Aveyron;
  dans les Bouches-du-Rhône; dans le Calvados; dans le Cantal; en Charente; en Charente-Maritime; dans le Cher;
  en Corrèze; en Côte-d’Or; dans les Côtes-d’Armor; dans la Creuse; en Dordogne; dans le Doubs; dans la Drôme;
  dans l’Eure; en Eure-et-Loir; dans le Finistère; en Corse-du-Sud; en Haute-Corse; dans le Gard; en Haute-Garonne;
  dans le Gers; en Gironde; dans l’Hérault; en Ille-et-Vilaine; dans l’Indre; en Indre-et-Loire; en Isère;
  dans le Jura; dans les Landes; en Loir-et-Cher; dans la Loire; en Haute-Loire; en Loire-Atlantique; dans le Loiret;
  dans le Lot; en Lot-et-Garonne; en Lozère; en Maine-et-Loire; dans la Manche; dans la Marne; en Haute-Marne;
  en Mayenne; en Meurthe-et-Moselle; dans la Meuse; dans le Morbihan; en Moselle; dans la Nièvre; dans le Nord;
  dans l’Oise; dans l’Orne; dans le Pas-de-Calais; dans le Puy-de-Dôme; dans les Pyrénées-Atlantiques;
  dans les Hautes-Pyrénées; dans les Pyrénées-Orientales; dans le Bas-Rhin; dans le Haut-Rhin; dans le Rhône;
  en Haute-Saône; en Saône-et-Loire; dans la Sarthe; en Savoie; en Haute-Savoie; à Paris; en Seine-Maritime;
  en Seine-et-Marne; dans les Yvelines; dans les Deux-Sèvres; dans la Somme; dans le Tarn; en Tarn-et-Garonne;
  dans le Var; dans le Vaucluse; en Vendée; dans la Vienne; en Haute-Vienne; dans les Vosges; dans l’Yonne;
  dans le Territoire de Belfort; en Essonne; dans les Hauts-de-Seine; en Seine-Saint-Denis; dans le Val-de-Marne;
  dans le Val-d’Oise; en Guadeloupe; en Martinique; en Guyane; à La Réunion; à Mayotte; à Saint-Pierre-et-Miquelon;
  à Saint-Barthélemy; à Saint-Martin; dans les Terres australes et antarctiques françaises; à Wallis et Futuna;
  en Polynésie française; en Nouvelle-Calédonie; sur l’île de Clipperton`;

const regions = `
  en Guadeloupe; en Martinique; en Guyane; à La Réunion; à Mayotte; en Île-de-France; en Centre-Val de Loire;
  en Bourgogne-Franche-Comté; en Normandie; dans les Hauts-de-France; dans le Grand Est; dans les Pays de la Loire;
  en Bretagne; en Nouvelle-Aquitaine; en Occitanie; en Auvergne-Rhône-Alpes; en Provence-Alpes-Côte d’Azur; en Corse;
  à Saint-Pierre-et-Miquelon; à Saint-Barthélemy; à Saint-Martin; dans les Terres australes et antarctiques françaises;
  à Wallis et Futuna; en Polynésie française; en Nouvelle-Calédonie; sur l’île de Clipperton`;

const list = (text: string): string[] => text.split(';').map((item) => item.replace(/\s+/g, ' ').trim());

test('every département and collectivity', () => {
  const said = referenceRows('departements').map(({ code = '', name = '' }) =>
    inDepartement({ code: code as DepartementCode, name }),
  );
  expect(new Set(said)).toEqual(new Set(list(departements)));
  expect(said).toHaveLength(109);
});

test('every region', () => {
  const said = referenceRows('regions').map(({ code = '', name = '' }) => inRegion({ code: code as RegionCode, name }));
  expect(said).toEqual(list(regions));
});

test('a département that the table does not know is a bug, not a wrong word', () => {
  expect(() => inDepartement({ code: '999' as DepartementCode, name: 'Nulle-Part' })).toThrow(/999/);
});

test.each([
  ['Rennes', 'à Rennes'],
  ['Le Havre', 'au Havre'],
  ['Les Sables-d’Olonne', 'aux Sables-d’Olonne'],
  ['La Rochelle', 'à La Rochelle'],
  ['L’Haÿ-les-Roses', 'à L’Haÿ-les-Roses'],
  ['Lesparre-Médoc', 'à Lesparre-Médoc'],
  ['Île-de-Bréhat', 'à l’Île-de-Bréhat'],
  ['Paris 1er arrondissement', 'dans le 1er arrondissement de Paris'],
  ['Marseille 15e arrondissement', 'dans le 15e arrondissement de Marseille'],
])('commune: %s → %s', (name, expected) => {
  expect(inCommune({ code: '00000' as CommuneCode, name })).toBe(expected);
});

test('no commune of France is left with « à Le » or « à Les »', () => {
  for (const { code = '', name = '' } of referenceRows('communes'))
    expect(inCommune({ code: code as CommuneCode, name })).not.toMatch(/^à (Les? |Îles? |Archipel)/);
});

test.each([
  ['Communauté de communes du Perche', 'dans la communauté de communes du Perche'],
  ['Communauté d’agglomération Lisieux Normandie', 'dans la communauté d’agglomération Lisieux Normandie'],
  ['Métropole de Lyon', 'dans la métropole de Lyon'],
  ['Eurométropole de Strasbourg', 'dans l’eurométropole de Strasbourg'],
  ['Rennes Métropole', 'à Rennes Métropole'],
])('EPCI: %s → %s', (name, expected) => {
  expect(inEpci({ name })).toBe(expected);
});
