import { expect, test } from 'vitest';
import { proposeCommunes } from './propose-communes.ts';

test('a commune is proposed with what tells it from its namesakes', () => {
  const answer = {
    communes: [
      { code: '97411', name: 'Saint-Denis', postcodes: ['97400'], departement: { name: 'La Réunion' } },
      {
        code: '74010',
        name: 'Annecy',
        postcodes: ['74000'],
        former_name: 'Pringy',
        departement: { name: 'Haute-Savoie' },
      },
    ],
  };
  expect(proposeCommunes(answer)).toEqual([
    { value: '97411', label: 'Saint-Denis', detail: '97400 · La Réunion' },
    { value: '74010', label: 'Annecy', detail: 'Pringy · 74000 · Haute-Savoie' },
  ]);
});

test.each([[null], ['communes'], [{}], [{ communes: 'toutes' }]])('%o proposes nothing', (answer) => {
  expect(proposeCommunes(answer)).toEqual([]);
});
