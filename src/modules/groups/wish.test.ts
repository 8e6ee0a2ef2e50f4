import { expect, test } from 'vitest';
import { monthInWords, monthsOffered, readWish, type TypedWish } from './wish.ts';

const today = Temporal.PlainDate.from('2026-11-21');
const typed = (changed: Partial<TypedWish> = {}): TypedWish => ({
  ...{ month: '2027-03', name: 'Lune', email: 'famille@exemple.fr' },
  ...changed,
});

test('a wish is a month, a name and a mailbox', () => {
  expect(readWish(typed({ name: '  Lune \n 2 ', email: ' Famille@Exemple.FR ' }), today)).toEqual({
    ok: true,
    value: { month: Temporal.PlainDate.from('2027-03-01'), name: 'Lune 2', email: 'famille@exemple.fr' },
  });
});

test.each([
  ['month', { month: '2027-09' }],
  ['month', { month: '2023-11' }],
  ['month', { month: '2027-03-01' }],
  ['month', { month: '' }],
  ['name', { name: '' }],
  ['name', { name: 'x'.repeat(31) }],
  ['name', { name: 'https://exemple.fr' }],
  ['name', { name: 'venez sur exemple.shop' }],
  ['name', { name: 'www.exemple' }],
  ['name', { name: 'moi@exemple' }],
  ['name', { name: '06 39 98 00 01' }],
  ['name', { name: '<b>Lune</b>' }],
  ['email', { email: 'personne' }],
  ['email', { email: 'a@exemple.fr, b@exemple.fr' }],
])('refuses a bad %s: %o', (field, changed) => {
  expect(readWish(typed(changed), today)).toMatchObject({ ok: false, error: [{ field }] });
});

test('months go from the third year of a child to a birth nine months ahead, and are said as people say them', () => {
  const offered = monthsOffered(Temporal.PlainDate.from('2027-03-31')).map(String);
  expect([offered[0], offered.at(-1), new Set(offered).size]).toEqual(['2027-12-01', '2024-04-01', 45]);
  expect(monthInWords(Temporal.PlainDate.from('2027-03-01'))).toBe('mars 2027');
});
