import { expect, test } from 'vitest';
import { type ComparedPlace, reasonsToBeOne } from './duplicates.ts';

const place = (more: Partial<ComparedPlace> = {}): ComparedPlace => ({
  ...{ name: 'Crèche Tom Pouce', kind: 'creche', line: '25 rue Voltaire', postcode: '79000', phone: null },
  ...{ siret: null, finess: null, lat: 46.326, lon: -0.4549 },
  ...more,
});

const elsewhere = { line: '3 rue du Port', lat: 46.35, lon: -0.4 };

test.each<[string, Partial<ComparedPlace>, Partial<ComparedPlace>, readonly string[]]>([
  ['one FINESS number', { finess: '1' }, { ...elsewhere, name: 'Autre', finess: '1' }, ['même numéro FINESS']],
  [
    'the same door and name',
    {},
    { name: 'Tom Pouce (crèche)' },
    ['même adresse', 'à 0 m l’un de l’autre', 'même nom', 'même type de lieu'],
  ],
  [
    'a name alike, one telephone',
    { phone: '1' },
    { ...elsewhere, phone: '1', name: 'Crèche multiaccueil Tom Pouce' },
    ['même téléphone', 'noms proches', 'même type de lieu'],
  ],
  [
    'the same name somewhere in the commune',
    {},
    { line: null, lat: null, lon: null },
    ['même nom', 'même type de lieu'],
  ],
  ['neighbours of other kinds', {}, { name: 'Ludothèque', kind: 'ludotheque' }, []],
  ['two nurseries of one street', {}, { name: 'Les Colibris', line: '30 rue Voltaire', lat: 46.3265 }, []],
  ['two libraries of one name, far apart', {}, elsewhere, []],
  [
    'services of one hospital',
    { phone: '1', kind: 'maternite', name: 'CH' },
    { phone: '1', kind: 'camsp', name: 'CAMSP', ...elsewhere },
    [],
  ],
])('%s', (_, a, b, reasons) => {
  expect(reasonsToBeOne(place(a), place(b))).toEqual(reasons);
  expect(reasonsToBeOne(place(b), place(a))).toEqual(reasons);
});
