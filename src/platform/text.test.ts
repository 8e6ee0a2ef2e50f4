import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fold, holdsAddress, oneLine, stem, typedText, words } from './text.ts';

test.each([
  ['L’Île-d’Yeu', 'l ile d yeu'],
  ['  Marcq-en-Barœul ', 'marcq en baroeul'],
  ['Écoute « 9 de cœur »', 'ecoute 9 de coeur'],
  ['', ''],
])('folds %j', (text, folded) => {
  expect(fold(text)).toBe(folded);
});

test('folding twice changes nothing', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => fold(fold(text)) === fold(text)));
});

test.each([
  ['une ligne\r\net une autre\rpuis une', 'une ligne\net une autre\npuis une'],
  ['  des bords \n', 'des bords'],
  ['un\u0000 si\u001bgne\u0007', 'un signe'],
  ['une\ttabulation', 'une\ttabulation'],
  [' \r\n ', ''],
])('keeps the lines of what was typed: %j', (typed, text) => {
  expect(typedText(typed)).toBe(text);
});

test.each([
  ['Café\r\nBcc: x@y.example', 'Café Bcc: x@y.example'],
  ['  Camille \t Exemple ', 'Camille Exemple'],
  ['deux\u2028lignes\u2029et\u0000un signe', 'deux lignes et un signe'],
  [' \n ', ''],
])('puts on one line: %j', (typed, line) => {
  expect(oneLine(typed)).toBe(line);
});

test.each([
  ['Camille', false],
  ['M. Nguyen', false],
  ['Anne-Marie D.', false],
  ['Sam & Lou', false],
  ['3.5', false],
  ['http://x', true],
  ['Javascript://x', true],
  ['venez sur WWW.exemple', true],
  ['exemple.fr', true],
  ['Gagnez sur l-exemple.com/x', true],
  ['sam@exemple', true],
])('%j holds an address: %s', (text, holds) => {
  expect(holdsAddress(text)).toBe(holds);
});

test('keeps the words worth searching', () => {
  expect(words('Soutien à l’allaitement, de la naissance aux 3 ans')).toEqual([
    ...['soutien', 'allaitement', 'naissance', '3', 'ans'],
  ]);
});

describe('words of one family meet, with or without accents', () => {
  test.each([
    ['crèche', 'creches'],
    ['prématurés', 'prematurite'],
    ['prématurité', 'prematurees'],
    ['prématurément', 'premature'],
    ['père', 'peres'],
    ['précarité', 'precarite'],
    ['maternité', 'maternites'],
    ['formation', 'formations'],
  ])('%s and %s', (one, other) => {
    expect(stem(fold(one))).toBe(stem(fold(other)));
  });

  test.each([
    ['père', 'mère'],
    ['maternité', 'maternelle'],
    ['parent', 'parental'],
  ])('but not %s and %s', (one, other) => {
    expect(stem(fold(one))).not.toBe(stem(fold(other)));
  });
});
