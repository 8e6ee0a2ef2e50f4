import { expect, test } from 'vitest';
import { spokenName, spokenStreet } from './spoken-name.ts';

test.each([
  ['CTRE DE PMI DE ST MALO', 'Centre de PMI de Saint Malo'],
  ["CAMSP L'ARC EN CIEL", "CAMSP l'Arc en Ciel"],
  ["CENTRE HOSPITALIER D'EMBRUN", "Centre Hospitalier d'Embrun"],
  ['CH DE FLEYRIAT', 'CH de Fleyriat'],
  ['CRÈCHE DES ÉCOLES', 'Crèche des Écoles'],
  ['LES P’TITS LOUPS', 'Les P’Tits Loups'],
  ['12 BIS RUE DU 8 MAI 1945', '12 Bis Rue du 8 Mai 1945'],
  ['Crèche « Les PETITS »', 'Crèche « Les PETITS »'],
  ['', ''],
])('%s → %s', (written, said) => {
  expect(spokenName(written)).toBe(said);
});

test.each([
  [['0012', 'B', 'RTE', 'DE PARIS'], '12 bis route de Paris'],
  [['', '', 'ALL', 'DES TILLEULS'], 'allée des Tilleuls'],
  [['', '', '', 'LE BOURG'], 'Le Bourg'],
  [['3', '', 'R', ''], '3 rue'],
  [['', '', '', ''], ''],
] as const)('%s → %s', ([number, suffix, type, name], said) => {
  expect(spokenStreet(number, suffix, type, name)).toBe(said);
});
