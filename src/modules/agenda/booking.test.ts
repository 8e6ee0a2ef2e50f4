import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { form } from '#testing/registration.ts';
import {
  contactKey,
  mostOfOneContact,
  offeredUntil,
  peopleWords,
  readBooking,
  readContact,
  servedInOrder,
} from './booking.ts';

const told = { name: 'Sam', adults: '1', children: '1', contact: 'sam@exemple.fr' };
const faults = (more: Readonly<Record<string, string>>): (string | undefined)[] => {
  const read = readBooking(form({ ...told, ...more }));
  return read.ok ? [] : read.error.map(({ field }) => field);
};

describe('the form of a booking', () => {
  it.each([
    [{}, []],
    [{ children: '' }, []],
    [{ adults: '0', children: '2' }, []],
    [{ contact: '06 12 34 56 78' }, []],
    [{ adults: '40' }, ['adults']],
    [{ adults: '-1' }, ['adults']],
    [{ adults: '1.5' }, ['adults']],
    [{ adults: '', children: '' }, ['adults']],
    [{ children: '12' }, ['children']],
    [{ name: '  ' }, ['name']],
    [{ name: '\u0000\u0001' }, ['name']],
    [{ name: 'x'.repeat(61) }, ['name']],
    [{ name: 'gagnez sur www.exemple' }, ['name']],
    [{ name: 'https://exemple.fr' }, ['name']],
    [{ name: 'exemple.fr' }, ['name']],
    [{ name: 'sam@exemple' }, ['name']],
    [{ name: 'M. Nguyen' }, []],
    [{ contact: 'chez moi' }, ['contact']],
    [{ adults: '40', name: '', contact: '' }, ['adults', 'name', 'contact']],
  ])('%j: %j', (more, fields) => {
    expect(faults(more)).toEqual(fields);
  });

  it.each([
    ['02.99.00.00.00', { kind: 'phone', value: '0299000000' }],
    ['+262 692 00 00 00', { kind: 'phone', value: '+262692000000' }],
    ['Sam@Exemple.fr', { kind: 'email', value: 'sam@exemple.fr' }],
    ['123', undefined],
  ])('reaches by %s', (typed, contact) => {
    expect(readContact(typed)).toEqual(contact);
  });
});

describe('a freed place', () => {
  it.each([
    ['2026-11-30T10:00Z', '2026-11-21T22:00:00Z'],
    ['2026-11-22T18:00Z', '2026-11-21T12:00:00Z'],
    ['2026-11-21T11:00Z', '2026-11-21T11:00:00Z'],
  ])('for %s is held until %s', (starts, until) => {
    expect(offeredUntil(Temporal.Instant.from('2026-11-21T10:00Z'), Temporal.Instant.from(starts)).toString()).toBe(
      until,
    );
  });

  it('goes in order to those for whom there is room, never more than is free', () => {
    expect(servedInOrder([{ persons: 3 }, { persons: 1 }, { persons: 2 }], 2, [])).toEqual([{ persons: 1 }]);
    const keys = ['ana', 'bob', undefined];
    const one = fc.record({ persons: fc.integer({ min: 1, max: 10 }), key: fc.constantFrom(...keys) });
    fc.assert(
      fc.property(fc.array(one), fc.integer({ min: 0, max: 40 }), fc.array(one), (line, free, holders) => {
        const served = servedInOrder(line, free, holders);
        expect(served.reduce((sum, { persons }) => sum + persons, 0)).toBeLessThanOrEqual(free);
        for (const name of ['ana', 'bob']) {
          const theirs = [...holders, ...served].filter(({ key }) => key === name);
          const before = holders.filter(({ key }) => key === name);
          if (theirs.length === before.length) continue;
          expect(theirs.reduce((sum, { persons }) => sum + persons, 0)).toBeLessThanOrEqual(mostOfOneContact);
        }
      }),
    );
  });
});

it.each([
  ['sam+1@exemple.fr', 'sam+café@exemple.fr', true],
  ['sam@exemple.fr', 'ana@exemple.fr', false],
  ['06 92 00 00 00', '+262 692 00 00 00', true],
  ['06 92 00 00 00', '06 92 00 00 01', false],
])('%s and %s are one person: %s', (one, other, same) => {
  const keyOf = (typed: string) => {
    const contact = readContact(typed);
    return contact && contactKey(contact);
  };
  expect(keyOf(one)).toBeTruthy();
  expect(keyOf(one) === keyOf(other)).toBe(same);
});

it('says who comes', () => {
  expect([peopleWords(1, 0), peopleWords(2, 1), peopleWords(0, 3)]).toEqual([
    '1 adulte',
    '2 adultes et 1 enfant',
    '3 enfants',
  ]);
});
