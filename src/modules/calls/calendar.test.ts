import { expect, test } from 'vitest';
import { midnightWords } from './calendar.ts';

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
