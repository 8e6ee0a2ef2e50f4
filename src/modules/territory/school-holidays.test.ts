import { expect, test } from 'vitest';
import { referenceRows } from '#testing/reference-rows.ts';
import { schoolHolidays } from './school-holidays.ts';

test.each([
  ['35', { zone: 'B', academie: 'Rennes' }],
  ['69', { zone: 'A', academie: 'Lyon' }],
  ['75', { zone: 'C', academie: 'Paris' }],
  ['48', { zone: 'C', academie: 'Montpellier' }],
  ['2A', { zone: 'own', academie: 'Corse' }],
  ['974', { zone: 'own', academie: 'La Réunion' }],
  ['988', { zone: 'own', academie: undefined }],
])('département %s', (departement, expected) => {
  expect(schoolHolidays(departement)).toEqual(expected);
});

test('every département is in one académie, and only Corse and overseas set their own calendar', () => {
  const departements = referenceRows('departements').map(({ code = '' }) => code);
  const own = departements.filter((code) => schoolHolidays(code).zone === 'own');
  expect(own.filter((code) => code.length === 2)).toEqual(['2A', '2B']);
  const zones = Object.groupBy(departements, (code) => schoolHolidays(code).zone);
  expect([zones.A?.length, zones.B?.length, zones.C?.length]).toEqual([32, 41, 21]);
});
