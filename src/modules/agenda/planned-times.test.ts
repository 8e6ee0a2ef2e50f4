import { describe, expect, it } from 'vitest';
import { plannedTimes } from './planned-times.ts';

const calendar = {
  B: {
    known_until: '2026-12-31',
    periods: [
      { from: '2026-10-18', to: '2026-11-01' },
      { from: '2026-12-20', to: '2026-12-31' },
    ],
  },
};
const weekly = {
  starts_at: '2026-10-06T09:30',
  rrule: 'FREQ=WEEKLY;BYDAY=TU;UNTIL=20270115T235959Z',
  except: [],
  besides: [],
  school: 'toujours',
  on_holidays: false,
} as const;
const between = (fields: Parameters<typeof plannedTimes>[0], from: string, to: string, departement = '35') => {
  const { times, unknown } = plannedTimes(
    fields,
    departement,
    calendar,
    Temporal.PlainDate.from(from),
    Temporal.PlainDate.from(to),
  );
  return { days: times.map((time) => time.toString().slice(0, 10)), unknown };
};

describe('the dates of a rendez-vous', () => {
  it('outside the school holidays: those of its zone, and nothing where the calendar is not known yet', () => {
    expect(between({ ...weekly, school: 'hors' }, '2026-10-13', '2027-01-15')).toEqual({
      days: ['2026-11-03', '2026-11-10', '2026-11-17', '2026-11-24', '2026-12-01', '2026-12-08', '2026-12-15'],
      unknown: 3,
    });
  });

  it('during the school holidays only', () => {
    expect(between({ ...weekly, school: 'pendant' }, '2026-10-18', '2027-01-01').days).toEqual([
      '2026-10-20',
      '2026-10-27',
      '2026-12-22',
      '2026-12-29',
    ]);
  });

  it('in a zone whose calendar nobody gave: no date is guessed', () => {
    expect(between({ ...weekly, school: 'hors' }, '2026-11-03', '2026-12-01', '974')).toEqual({ days: [], unknown: 4 });
  });

  it('never on a public holiday unless it says so; dates added by hand always', () => {
    const fridays = { ...weekly, starts_at: '2026-12-18T18:00', rrule: 'FREQ=WEEKLY;BYDAY=FR;UNTIL=20270110' };
    expect(between(fridays, '2026-12-18', '2027-01-10').days).toEqual(['2026-12-18', '2027-01-08']);
    expect(between({ ...fridays, on_holidays: true }, '2026-12-18', '2027-01-10').days).toEqual([
      '2026-12-18',
      '2026-12-25',
      '2027-01-01',
      '2027-01-08',
    ]);
    expect(
      between({ ...fridays, besides: ['2026-12-25'], except: ['2027-01-08'] }, '2026-12-18', '2027-01-10').days,
    ).toEqual(['2026-12-18', '2026-12-25']);
  });
});
