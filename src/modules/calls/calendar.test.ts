import { expect, test } from 'vitest';
import { midnightWords, momentIn } from './calendar.ts';

test.each([
  ['2021-07-15T22:00:00Z', 'Europe/Paris', 'jeudi 15 juillet 2021'],
  ['2021-07-31T20:00:00Z', 'Indian/Reunion', 'samedi 31 juillet 2021'],
  ['2021-07-15T22:30:00Z', 'Europe/Paris', undefined],
  ['2021-07-15T21:59:00Z', 'Europe/Paris', undefined],
  ['2021-07-15T22:00:00Z', 'America/Cayenne', undefined],
])('a call that closes at %s in %s has its last day on %s', (closesAt, zone, last) => {
  const said = midnightWords({ closesAt, zone });
  if (last === undefined) expect(said).toBeUndefined();
  else expect(said).toContain(`le dernier jour pour déposer est le ${last}`);
});

test.each([
  ['2021-08-10T06:00:00Z', 'Indian/Reunion', '10 août 2021 à 10 h 00'],
  ['2021-08-31T22:05:00Z', 'Europe/Paris', '1er septembre 2021 à 0 h 05'],
])('the moment %s is said in %s: %s', (instant, zone, said) => {
  expect(momentIn(zone)(instant).replaceAll('\u00a0', ' ')).toBe(said);
});
