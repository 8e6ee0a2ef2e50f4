import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readCompanies, readCompany } from './company.ts';

const siret = '12345678200010';
const head = { siret, adresse: '12 RUE DES LILAS 35000 RENNES', code_postal: '35000', commune: '35238' };
const other = { siret: '12345678200028', adresse: '3 RUE DU PORT 29000 QUIMPER', commune: '29232' };
const answer = (more: object): unknown => ({
  results: [{ nom_complet: 'ASSOCIATION EXEMPLE (AE)', nom_raison_sociale: 'ASSOCIATION EXEMPLE', ...more }],
  total_results: 1,
});

it.each([
  ['the head office', { siege: head }, 'Association exemple'],
  [
    'an establishment with its sign',
    { siege: other, matching_etablissements: [{ ...head, liste_enseignes: ['LES COLIBRIS'] }] },
    'Les colibris',
  ],
  [
    'one whose postcode is in its address only',
    { matching_etablissements: [{ ...head, code_postal: null }] },
    'Association exemple',
  ],
])('reads %s', (_, more, name) => {
  expect(readCompany(answer(more), siret)).toEqual({
    ...{ name, line: '12 rue des lilas', postcode: '35000', insee: '35238', open: true },
  });
});

it('says when an establishment has closed, and knows nothing of what is hidden', () => {
  expect(readCompany(answer({ siege: { ...head, etat_administratif: 'F' } }), siret)?.open).toBe(false);
  const hidden = { nom_complet: '[NON-DIFFUSIBLE]', nom_raison_sociale: null };
  const siege = { ...head, adresse: '[NON-DIFFUSIBLE]', code_postal: '[NON-DIFFUSIBLE]', commune: '35238' };
  expect(readCompany(answer({ ...hidden, siege }), siret)).toEqual({
    ...{ name: '', line: '', postcode: '', insee: '35238', open: true },
  });
});

it('reads the establishments of a name in one commune, those that are open first', () => {
  const closed = { ...head, siret: '73282932000074', etat_administratif: 'F' };
  const wrong = { ...head, siret: '12345678200011' };
  const found = readCompanies(
    { results: [{ nom_complet: 'EXEMPLE', siege: other, matching_etablissements: [closed, wrong, head, head] }] },
    '35238',
  );
  expect(found).toEqual([
    { siret, name: 'Exemple', line: '12 rue des lilas', postcode: '35000', insee: '35238', open: true },
    expect.objectContaining({ siret: '73282932000074', open: false }),
  ]);
  expect([readCompanies('<html>', '35238'), readCompanies({ results: [] }, '35238')]).toEqual([[], []]);
});

it('is not another establishment, nor anything else', () => {
  expect(readCompany(answer({ siege: other }), siret)).toBeUndefined();
  expect(readCompany({ results: [] }, siret)).toBeUndefined();
  fc.assert(fc.property(fc.anything(), (anything) => readCompany(anything, siret) === undefined));
});
