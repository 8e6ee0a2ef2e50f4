import { expect, test } from 'vitest';
import { referenceRows } from '#testing/reference-rows.ts';
import type { CommuneCode, DepartementCode } from './territory-code.ts';
import { timeZoneOfCommune, timeZoneOfDepartement } from './time-zone.ts';

/** Noon in UTC on a winter day, read on the clock of the town hall. */
test.each([
  ['35238', '35', '13:00'],
  ['2A004', '2A', '13:00'],
  ['97105', '971', '08:00'],
  ['97209', '972', '08:00'],
  ['97302', '973', '09:00'],
  ['97411', '974', '16:00'],
  ['97502', '975', '09:00'],
  ['97611', '976', '15:00'],
  ['97701', '977', '08:00'],
  ['97801', '978', '08:00'],
  ['98411', '984', '17:00'],
  ['98414', '984', '22:00'],
  ['98415', '984', '15:00'],
  ['98613', '986', '00:00'],
  ['98735', '987', '02:00'],
  ['98731', '987', '02:30'],
  ['98719', '987', '03:00'],
  ['98818', '988', '23:00'],
  ['98901', '989', '04:00'],
])('at the town hall of %s', (code, departement, expected) => {
  const zone = timeZoneOfCommune({ code: code as CommuneCode, departement: departement as DepartementCode });
  const clock = Temporal.Instant.from('2026-01-15T12:00:00Z').toZonedDateTimeISO(zone);
  expect(clock.toPlainTime().toString({ smallestUnit: 'minute' })).toBe(expected);
});

test('Saint-Pierre-et-Miquelon changes to summer time, La Réunion does not', () => {
  const july = Temporal.Instant.from('2026-07-15T12:00:00Z');
  expect(july.toZonedDateTimeISO(timeZoneOfDepartement('975')).hour).toBe(10);
  expect(july.toZonedDateTimeISO(timeZoneOfDepartement('974')).hour).toBe(16);
});

test('every commune of France has a zone that this machine knows', () => {
  const zones = new Set(
    referenceRows('communes').map(({ code = '', departement = '' }) =>
      timeZoneOfCommune({ code: code as CommuneCode, departement: departement as DepartementCode }),
    ),
  );
  for (const zone of zones)
    expect(() => Temporal.Instant.from('2026-01-15T12:00:00Z').toZonedDateTimeISO(zone)).not.toThrow();
  expect(zones.size).toBe(17);
});
