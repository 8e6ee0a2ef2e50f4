import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recurringTimes as visitsOf } from '#platform/recurrence.ts';
import { readVisits, type VisitTexts } from './visits.ts';

const read = (more: Partial<VisitTexts>) =>
  readVisits({ hours: '', weeks: '', first: '', dates: '', without: '', year: 2026, departement: '16', ...more });

/** The days of the visits between two days, as the directory itself works them out. */
const daysBetween = (more: Partial<VisitTexts>, from: string, to: string) => {
  const { visits, trouble } = read(more);
  expect(trouble).toBeUndefined();
  return visits.flatMap((visit) =>
    visitsOf(
      {
        ...{ starts_at: visit.starts_at ?? '', rrule: visit.rrule },
        ...{ except: visit.except, besides: visit.besides },
      },
      Temporal.PlainDate.from(from),
      Temporal.PlainDate.from(to),
    ).map((when) => when.toString().slice(0, 16)),
  );
};

describe('the visits of a bus', () => {
  it('come in odd weeks, the break at noon left out, even when the year has 53 weeks', () => {
    const told = { hours: 'Mo 09:30-12:30,13:30-15:30; PH off', weeks: 'Semaine impaire' };
    expect(daysBetween(told, '2026-12-07', '2027-01-20')).toEqual([
      ...['2026-12-14T09:30', '2026-12-28T09:30', '2027-01-04T09:30', '2027-01-18T09:30'],
      ...['2026-12-14T13:30', '2026-12-28T13:30', '2027-01-04T13:30', '2027-01-18T13:30'],
    ]);
    expect(read(told).visits.map(({ minutes }) => minutes)).toEqual([180, 120]);
  });

  it('come on the first days of January, which belong to the last week of the year before', () => {
    const told = { hours: 'Mo,Fr,Sa 09:00-10:00; PH 09:00-10:00', weeks: 'impaires', first: '2027-01-01' };
    const days = ['2027-01-01', '2027-01-02', '2027-01-04', '2027-01-08', '2027-01-09'];
    expect(daysBetween(told, '2026-12-25', '2027-01-10')).toEqual(days.map((day) => `${day}T09:00`));
  });

  it('leave public holidays out, those of the place', () => {
    const fridays = { hours: 'Fr 09:00-12:00', weeks: 'toutes' };
    expect(daysBetween(fridays, '2026-12-18', '2027-01-09')).toEqual(['2026-12-18T09:00', '2027-01-08T09:00']);
    expect(daysBetween({ ...fridays, departement: '67' }, '2027-03-20', '2027-04-01')).toEqual([]);
    expect(daysBetween(fridays, '2027-03-20', '2027-04-01')).toEqual(['2027-03-26T09:00']);
  });

  it.each([
    ['the second and last Wednesdays', { hours: 'We[2,-1] 14:00-17:00' }, ['2026-12-09T14:00', '2026-12-30T14:00']],
    [
      'from Monday to Tuesday',
      { hours: 'Mo-Tu 8:00-9:00', first: '2026-12-28' },
      ['2026-12-28T08:00', '2026-12-29T08:00'],
    ],
    ['weeks in the syntax itself', { hours: 'week 2-52/2 Th 10:00-11:00' }, ['2026-12-10T10:00', '2026-12-24T10:00']],
    [
      'two hours by turns',
      { hours: 'week 1-53/2 Th 10:00-11:00; week 2-52/2 Th 14:00-15:00' },
      ['2026-12-03T10:00', '2026-12-17T10:00', '2026-12-31T10:00', '2026-12-10T14:00', '2026-12-24T14:00'],
    ],
    [
      'the first and the second Wednesdays, at other hours',
      { hours: 'We[1] 10:00-11:00; We[2] 14:00-15:00' },
      ['2026-12-02T10:00', '2026-12-09T14:00'],
    ],
    [
      'on given dates',
      { hours: '10:00-11:00', dates: '2026-12-03; 17/12/2026', without: '2026-12-17' },
      ['2026-12-03T10:00'],
    ],
  ])('come on %s', (_, told, days) => {
    expect(daysBetween(told, '2026-12-01', '2027-01-01')).toEqual(days);
  });

  it.each([
    [{ hours: 'Le lundi de 9h à 12h' }, /n’ont pas été compris/],
    [{ hours: '' }, /ne sont pas dits/],
    [{ hours: '09:00-12:00' }, /jours/],
    [{ hours: 'Mo 09:00-12:00', weeks: 'une sur trois' }, /semaines/],
    [{ hours: 'Mo 12:00-09:00' }, /n’ont pas été compris/],
    [{ hours: 'Mo 09:00-12:00; SH off' }, /vacances/],
    [{ hours: 'Mo-Fr 09:00-12:00; We 14:00-17:00' }, /deux fois le même jour/],
    [{ hours: 'Mo 09:00-12:00; Mo[1] 14:00-17:00' }, /deux fois le même jour/],
    [{ hours: 'We[4] 09:00-12:00; We[-1] 14:00-17:00' }, /deux fois le même jour/],
    [{ hours: 'week 1-53/2 Mo 09:00-12:00; Mo 14:00-17:00' }, /deux fois le même jour/],
    [{ hours: 'Mo 09:00-12:00', dates: '2026-02-30' }, /dates/],
  ])('are none, rather than wrong ones, for %o', (told, sentence) => {
    expect(read(told)).toEqual({ visits: [], trouble: expect.stringMatching(sentence) });
  });

  it('are, whatever the days and the parity, those of a calendar gone through day by day', () => {
    const names = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'];
    const days = fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 });
    const start = fc
      .integer({ min: 0, max: 1_400 })
      .map((count) => Temporal.PlainDate.from('2026-01-01').add({ days: count }));
    fc.assert(
      fc.property(days, fc.constantFrom('paires', 'impaires', ''), start, (chosen, weeks, from) => {
        const to = from.add({ days: 60 });
        const expected = Array.from({ length: 60 }, (_, at) => from.add({ days: at }))
          .filter((day) => chosen.includes(day.dayOfWeek))
          .filter((day) => weeks === '' || ((day.weekOfYear ?? 0) % 2 === 0) === (weeks === 'paires'))
          .map((day) => `${day}T09:00`);
        const told = { hours: `${chosen.map((day) => names[day - 1]).join(',')} 09:00-10:00; PH 09:00-10:00`, weeks };
        expect(daysBetween(told, from.toString(), to.toString())).toEqual(expected);
      }),
      { numRuns: 200 },
    );
  });
});
