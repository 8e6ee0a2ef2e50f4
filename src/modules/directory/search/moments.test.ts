import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isoOfMoment } from '../week.ts';
import { type Opening, timesOf } from './moments.ts';

const zones = [
  ...['Europe/Paris', 'America/Guadeloupe', 'America/Martinique', 'America/Cayenne', 'America/Miquelon'],
  ...['Indian/Reunion', 'Indian/Mayotte', 'Pacific/Noumea', 'Pacific/Tahiti', 'Pacific/Marquesas', 'Pacific/Wallis'],
];
const noon = Temporal.Instant.from('2026-06-01T12:00:00Z').epochMilliseconds;
const anyInstant = fc
  .integer({ min: -5_256_000, max: 5_256_000 })
  .map((minutes) => Temporal.Instant.fromEpochMilliseconds(noon + minutes * 60_000));

/** What is asked at this moment in a zone, as local times. */
const asked = (now: string, zone: string, opening: Opening): string[] => {
  const time = timesOf(Temporal.Instant.from(now), opening).asked(zone);
  if (!time) throw new Error('nothing was asked');
  return [time.from, time.to].map((slot) => isoOfMoment({ week: time.week, slot }));
};

describe('the time of each place', () => {
  it('is its own clock, at any moment and in every zone of France', () => {
    fc.assert(
      fc.property(anyInstant, fc.constantFrom(...zones), (now, zone) => {
        const local = now.toZonedDateTimeISO(zone).toPlainDateTime();
        const floored = local.with({ minute: local.minute - (local.minute % 5), second: 0, millisecond: 0 });
        expect(isoOfMoment(timesOf(now).now(zone))).toBe(floored.toString().slice(0, 16));
      }),
    );
  });

  it.each([
    ['Europe/Paris', '2026-12-31T23:30'],
    ['America/Cayenne', '2026-12-31T19:30'],
    ['Indian/Reunion', '2027-01-01T02:30'],
    ['Pacific/Noumea', '2027-01-01T09:30'],
    ['Pacific/Marquesas', '2026-12-31T13:00'],
  ])('has already changed year in one place and not yet in another: %s', (zone, local) => {
    expect(asked('2026-12-31T22:30:00Z', zone, { when: 'now' })[0]).toBe(local);
  });

  it.each([
    ['this evening', 'Pacific/Noumea', 'evening', '2026-12-31T22:30:00Z', ['2027-01-01T18:00', '2027-01-01T22:00']],
    [
      'this evening, already begun',
      'Europe/Paris',
      'evening',
      '2026-12-31T18:30:00Z',
      ['2026-12-31T19:30', '2026-12-31T22:00'],
    ],
    [
      'Saturday, on the eve',
      'Europe/Paris',
      'saturday',
      '2027-01-01T10:00:00Z',
      ['2027-01-02T00:00', '2027-01-03T00:00'],
    ],
    [
      'Saturday, when it is one there only, and has begun',
      'Pacific/Noumea',
      'saturday',
      '2027-01-02T05:00:00Z',
      ['2027-01-02T16:00', '2027-01-03T00:00'],
    ],
    [
      'Saturday, on a Sunday',
      'Indian/Mayotte',
      'saturday',
      '2027-01-03T08:00:00Z',
      ['2027-01-09T00:00', '2027-01-10T00:00'],
    ],
  ] as const)('%s in %s', (_, zone, when, now, expected) => {
    expect(asked(now, zone, { when })).toEqual(expected);
  });

  it('is the same hour everywhere when no offset is given, the same moment with one', () => {
    const local: Opening = { when: 'local', at: Temporal.PlainDateTime.from('2027-01-01T10:00') };
    const instant: Opening = { when: 'instant', at: Temporal.Instant.from('2027-01-01T10:00:00+01:00') };
    const now = '2026-11-21T10:00:00Z';
    expect(asked(now, 'Pacific/Tahiti', local)[0]).toBe('2027-01-01T10:00');
    expect(asked(now, 'Pacific/Tahiti', instant)[0]).toBe('2026-12-31T23:00');
  });
});
