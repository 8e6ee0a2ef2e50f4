import fc from 'fast-check';
import { expect, test } from 'vitest';
import { phoneWords, readPhone } from './phone.ts';

test.each([
  ['06 12 34 56 78', '0612345678'],
  ['06.12.34.56.78', '0612345678'],
  ['06-12-34-56-78', '0612345678'],
  ['+33 6 12 34 56 78', '0612345678'],
  ['+33 (0)6 12 34 56 78', '0612345678'],
  ['0033612345678', '0612345678'],
  ['02 99 00 00 00', '0299000000'],
  ['09 70 00 00 00', '0970000000'],
  ['0692 12 34 56', '0692123456'],
  ['+262 692 12 34 56', '0692123456'],
  ['+262 639 12 34 56', '0639123456'],
  ['+590 690 12 34 56', '0690123456'],
  ['+594 694 12 34 56', '0694123456'],
  ['+596 696 12 34 56', '0696123456'],
  ['+508 41 12 34', '+508411234'],
  ['+681 72 12 34', '+681721234'],
  ['+687 12 34 56', '+687123456'],
  ['00 689 40 12 34 56', '+68940123456'],
])('%s is kept as %s', (typed, kept) => {
  expect(readPhone(typed)).toEqual({ ok: true, value: kept });
});

test.each([
  ['', 'phone_missing'],
  ['   ', 'phone_missing'],
  ['15', 'phone_unreadable'],
  ['3114', 'phone_unreadable'],
  ['06 12 34 56 7', 'phone_unreadable'],
  ['06 12 34 56 789', 'phone_unreadable'],
  ['612345678', 'phone_unreadable'],
  ['12 34 56', 'phone_unreadable'],
  ['+44 20 7946 0000', 'phone_unreadable'],
  ['+262 612 34 56 78', 'phone_unreadable'],
  ['+687 12 34 5', 'phone_unreadable'],
  ['0899 12 34 56', 'phone_costly'],
  ['0800 12 34 56', 'phone_costly'],
  ['+33 8 99 12 34 56', 'phone_unreadable'],
  ['demain', 'phone_unreadable'],
  ['<b>0612345678</b>', 'phone_unreadable'],
  ['=cmd|0612345678', 'phone_unreadable'],
])('%j is refused: %s', (typed, code) => {
  expect(readPhone(typed)).toMatchObject({ ok: false, error: { code, field: 'phone' } });
});

test('what is kept is read again as itself, as it is shown, and holds nothing but digits and its code', () => {
  const kept = fc.oneof(
    fc.stringMatching(/^0[1-79]\d{8}$/),
    fc.stringMatching(/^\+(508|681|687)\d{6}$/),
    fc.stringMatching(/^\+689\d{8}$/),
  );
  fc.assert(
    fc.property(kept, (number) => {
      expect(readPhone(number)).toEqual({ ok: true, value: number });
      expect(readPhone(phoneWords(number))).toEqual({ ok: true, value: number });
    }),
  );
  fc.assert(
    fc.property(fc.string(), (typed) => {
      const read = readPhone(typed);
      if (read.ok) expect(read.value).toMatch(/^(0[1-79]\d{8}|\+(508|681|687)\d{6}|\+689\d{8})$/);
    }),
  );
});

test('a number is shown two digits at a time', () => {
  expect(phoneWords('0692123456').replaceAll('\u00a0', ' ')).toBe('06 92 12 34 56');
  expect(phoneWords('+687123456').replaceAll('\u00a0', ' ')).toBe('+687 12 34 56');
});
