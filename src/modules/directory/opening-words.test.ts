import { describe, expect, it } from 'vitest';
import { near } from '#messages/fr/near.ts';
import { dayWords, distanceWords, openingWords, weekWords } from './opening-words.ts';
import { emptyWeek, openRange } from './week.ts';

const saturday = Temporal.PlainDate.from('2026-11-21');
const plain = (text: string | undefined): string | undefined => text?.replaceAll('\u00a0', ' ');

describe('openings in words', () => {
  it.each([
    [{ openNow: true, from: '2026-11-21T09:00', to: '2026-11-21T17:30' }, false, 'Ouvert, jusqu’à 17 h 30', true],
    [{ openNow: true, from: '2026-11-21T00:00', to: '2026-11-22T00:00' }, false, 'Ouvert jour et nuit', true],
    [{ openNow: false, from: '2026-11-21T14:00', to: '2026-11-21T17:00' }, false, 'Ouvre aujourd’hui à 14 h', false],
    [{ openNow: false, from: '2026-11-22T14:00', to: '2026-11-22T17:00' }, false, 'Ouvre demain à 14 h', false],
    [{ openNow: false, from: '2026-11-24T09:05', to: '2026-11-24T17:00' }, false, 'Ouvre mardi à 9 h 05', false],
    [
      { openNow: false, from: '2026-12-01T09:00', to: '2026-12-01T17:00' },
      false,
      'Ouvre mardi 1er décembre à 9 h',
      false,
    ],
    [
      { openNow: false, from: '2026-11-24T09:00', to: '2026-11-24T12:00' },
      true,
      'mardi 24 novembre, 9 h à 12 h',
      false,
    ],
    [{ openNow: true, from: '2026-11-21T09:00', to: '2026-11-22T00:00' }, true, 'Il est là, jusqu’à minuit', true],
    ['unsure', false, 'Horaires à vérifier pendant les vacances scolaires', false],
  ] as const)('%o, stop %s: %s', (opening, isStop, text, now) => {
    const words = openingWords(opening, saturday, near.opening, isStop);
    expect(plain(words?.text)).toBe(text);
    expect(words?.now).toBe(now);
  });

  it('says nothing of what is not known', () => {
    expect(openingWords(undefined, saturday, near.opening, false)).toBeUndefined();
  });

  it('gives the year of a far day', () => {
    expect(dayWords(Temporal.PlainDate.from('2027-09-06'), saturday)).toBe('lundi 6 septembre 2027');
    expect(dayWords(Temporal.PlainDate.from('2027-01-05'), saturday)).toBe('mardi 5 janvier');
  });

  it('reads a usual week day by day, nights cut at midnight', () => {
    const week = emptyWeek();
    openRange(week, 108, 144);
    openRange(week, 168, 204);
    openRange(week, 6 * 288 + 264, 2016);
    const words = weekWords({ bits: week, changing: [true] }, near.opening).map(
      ({ day, hours }) => `${day} : ${plain(hours)}`,
    );
    expect(words[0]).toBe('lundi : certaines semaines, de 9 h à 12 h et de 14 h à 17 h');
    expect(words[1]).toBe('mardi : Fermé');
    expect(words[6]).toBe('dimanche : de 22 h à minuit');
  });
});

it.each([
  [12, 'à 50 m'],
  [360, 'à 350 m'],
  [940, 'à 950 m'],
  [1200, 'à 1 km'],
  [4_448, 'à 4,5 km'],
  [12_400, 'à 12 km'],
])('%d metres: %s', (metres, words) => {
  expect(plain(distanceWords(metres, near.where))).toBe(words);
});

it.each([
  [40, undefined],
  [4_900, undefined],
  [5_100, 'à environ 5 km'],
  [12_400, 'à environ 12 km'],
])('%d metres from the middle of a commune: %s', (metres, words) => {
  expect(plain(distanceWords(metres, near.where, false) ?? '') || undefined).toBe(words);
});
