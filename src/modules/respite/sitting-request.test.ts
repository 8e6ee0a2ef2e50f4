import { expect, test } from 'vitest';
import { childrenInWords, readSittingRequest, readVolunteer, type TypedSitting } from './sitting-request.ts';

const now = Temporal.PlainDateTime.from('2026-11-24T09:30');
const typed = (changed: Partial<TypedSitting> = {}): TypedSitting => ({
  ...{ day: '2026-11-28', part: 'soir', children: '1', ages: ['un-an'] },
  ...{ name: ' Une\nmaman ', email: 'Famille@Exemple.fr', phone: '', ...changed },
});

test('what a family asks is read as it was meant, and nothing else is asked', () => {
  const read = readSittingRequest(typed(), now);
  expect(read.ok && { ...read.value, day: `${read.value.day}` }).toEqual({
    ...{ day: '2026-11-28', part: 'soir', children: 1, ages: ['un-an'] },
    ...{ name: 'Une maman', email: 'famille@exemple.fr', phone: '' },
  });
});

test.each([
  [{ day: '2026-11-23' }, ['day']],
  [{ day: '2026-12-25' }, ['day']],
  [{ day: '2026-02-30' }, ['day']],
  [{ day: '2026-11-24', part: 'matin' }, []],
  [{ part: 'nuit' }, ['part']],
  [{ children: '40' }, ['children']],
  [{ children: '0' }, ['children']],
  [{ ages: [] }, ['ages']],
  [{ name: '' }, ['name']],
  [{ name: 'x'.repeat(41) }, ['name']],
  [{ email: 'famille' }, ['email']],
  [{ email: 'a@exemple.fr\nBcc: b@exemple.fr' }, ['email']],
  [{ phone: '12' }, ['phone']],
  [{ phone: '06 39 98 00 01' }, []],
] as const)('%j is refused in words at its field', (changed, fields) => {
  const read = readSittingRequest(typed(changed), now);
  expect(read.ok ? [] : read.error.map(({ field }) => field)).toEqual(fields);
});

test('a volunteer has a first name and one way to be reached', () => {
  expect(readVolunteer({ name: 'Sam', email: 'Sam@Exemple.fr', phone: '' })).toEqual({
    ...{ ok: true, value: { name: 'Sam', email: 'sam@exemple.fr', phone: '' } },
  });
  const refused = readVolunteer({ name: ' ', email: '', phone: 'demain' });
  expect(!refused.ok && refused.error.map(({ field }) => field)).toEqual(['name', 'email', 'phone']);
});

test('children are said with their ages', () => {
  expect(childrenInWords({ children: 1, ages: ['moins-d-un-an'] })).toMatch(/^Un enfant\s: moins de 1 an$/);
  expect(childrenInWords({ children: 2, ages: ['un-an', 'trois-ans'] })).toMatch(
    /^2 enfants\s: 1 an et 3 ans et plus$/,
  );
});
