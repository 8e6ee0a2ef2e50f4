import { expect, test } from 'vitest';
import { referenceRows } from '#testing/reference-rows.ts';
import { clockSentence, holidaySentences, pointSentence } from './sentences.ts';

const day = (text: string) => Temporal.PlainDate.from(text);

test.each([
  ['Europe/Paris', '2026-11-21', 'Heure de Paris'],
  ['Indian/Reunion', '2026-11-21', 'Quand il est midi à Paris, il est 15 h ici'],
  ['Indian/Reunion', '2026-07-21', 'Quand il est midi à Paris, il est 14 h ici'],
  ['Pacific/Noumea', '2026-11-21', 'Quand il est midi à Paris, il est 22 h ici'],
  ['Pacific/Marquesas', '2026-11-21', 'Quand il est midi à Paris, il est 1 h 30 ici'],
  ['Pacific/Tahiti', '2026-07-21', 'Quand il est midi à Paris, il est 0 h ici'],
  ['Pacific/Honolulu', '2026-07-21', 'Quand il est midi à Paris, il est 0 h ici'],
  ['Pacific/Pago_Pago', '2026-07-21', 'Quand il est midi à Paris, il est 23 h ici la veille'],
  ['Pacific/Kiritimati', '2026-11-21', 'Quand il est midi à Paris, il est 1 h ici le lendemain'],
])('the time in %s on %s', (zone, date, sentence) => {
  expect(clockSentence(zone, day(date)).replaceAll('\u00A0', ' ')).toBe(sentence);
});

test.each([
  [['35'], ['Zone B (académie de Rennes)']],
  [['80'], ['Zone B (académie d’Amiens)']],
  [['14', '27', '50'], ['Zone B (académie de Normandie)']],
  [['01', '26', '63'], ['Zone A (académies de Clermont-Ferrand, de Grenoble et de Lyon)']],
  [
    ['15', '12'],
    ['Zone A (académie de Clermont-Ferrand)', 'Zone C (académie de Toulouse)'],
  ],
  [['2A', '2B'], ['Calendrier propre à l’académie de Corse']],
  [['971'], ['Calendrier propre à l’académie de la Guadeloupe']],
  [['974'], ['Calendrier propre à l’académie de La Réunion']],
  [['988'], ['Calendrier propre au territoire']],
])('school holidays of %j', (departements, sentences) => {
  expect(holidaySentences(departements)).toEqual(sentences);
});

test('every département has its sentence', () => {
  for (const { code = '' } of referenceRows('departements')) expect(holidaySentences([code])).toHaveLength(1);
});

test('says how good a point is, with its uncertainty', () => {
  const said = (precision: 'imported' | 'located' | 'manual' | 'postcode' | 'epci', uncertaintyKm: number) =>
    pointSentence({ precision, uncertaintyKm }).replaceAll(/[\u00A0\u202F]/g, ' ');
  expect(said('located', 3)).toBe('Celui du bourg, à 3 km près du milieu de la commune.');
  expect(said('postcode', 13)).toContain('même code postal, à 13 km près');
  expect(said('epci', 31)).toContain('même intercommunalité, à 31 km près');
  expect(said('manual', 1300)).toContain('à la main sur la carte, à 1 300 km près');
  expect(said('imported', 0.5)).toContain('fichier officiel, à 0,5 km près');
});
