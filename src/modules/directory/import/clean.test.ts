import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cleanText, emailOrNull, numberOf, phoneOrNull, textOrNull, websiteOrNull } from './clean.ts';

test.each([
  ['02.99.00.00.01', '02 99 00 00 01'],
  ['+33 (0)2 99 00 00 01', '02 99 00 00 01'],
  ['0033299000001', '02 99 00 00 01'],
  ['33630392518', '06 30 39 25 18'],
  ['299000001', '02 99 00 00 01'],
  ['+262 262 90 00 01', '02 62 90 00 01'],
  ['0262 90 00 01', '02 62 90 00 01'],
  ['02 99 00 00 01 / 02 99 00 00 02', '02 99 00 00 01'],
  ['3919', '3919'],
  ['0000000000', null],
  ['NC', null],
  ['12', null],
  ['', null],
])('telephone « %s » → %s', (written, kept) => expect(phoneOrNull(written)).toBe(kept));

test.each([
  [' Accueil@Ville.FR ', 'accueil@ville.fr'],
  ['mailto:a@b.fr', 'a@b.fr'],
  ['a@b', null],
  ['a b@c.fr', null],
])('e-mail « %s » → %s', (written, kept) => expect(emailOrNull(written)).toBe(kept));

test.each([
  ['www.ville.fr', 'https://www.ville.fr/'],
  ['http://ville.fr/pmi', 'http://ville.fr/pmi'],
  ['https://a.corsica, www.facebook.com/a', 'https://a.corsica/'],
  ['page facebook : Cumuna', null],
  ['javascript:alert(1)', null],
  ['https://moi:secret@ville.fr', null],
  ['néant', null],
])('site « %s » → %s', (written, kept) => expect(websiteOrNull(written)).toBe(kept));

test.each([
  ['48,1118', 48.1118],
  ['-1.68', -1.68],
  ['1e2', 100],
  ['quarante', undefined],
  ['', undefined],
])('number « %s » → %s', (written, kept) => expect(numberOf(written)).toBe(kept));

test('says nothing for what says nothing, and cuts what is too long', () => {
  expect(['', ' ', '-', 'NC', 'n/a', 'null'].map((text) => textOrNull(text))).toEqual(Array(6).fill(null));
  expect(textOrNull('x'.repeat(400))).toHaveLength(300);
});

test('cleaning twice is cleaning once, and leaves nothing that PostgreSQL refuses', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const clean = cleanText(text);
      expect(cleanText(clean)).toBe(clean);
      expect(clean.isWellFormed() && !clean.includes('\0')).toBe(true);
    }),
  );
});
