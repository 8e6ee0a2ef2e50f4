import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { isPublicHoliday } from '../public-holidays.ts';
import type { Recipe, Timetable } from '../timetable.ts';
import { isoOfMoment, rangesOf, WORDS } from '../week.ts';
import { compileTimetable } from './compile-hours.ts';

const saturday = Temporal.PlainDate.from('2026-11-21');

/** The openings of the first `count` weeks, as local times. */
const openings = ({ bitmaps, weeks, firstWeek }: Timetable, count = 27): string[] =>
  weeks
    .slice(0, count)
    .flatMap((bitmap, rank) =>
      rangesOf(bitmaps, bitmap * WORDS).map(
        ({ from, to }) =>
          `${isoOfMoment({ week: firstWeek + rank, slot: from })}/${isoOfMoment({ week: firstWeek + rank, slot: to }).slice(11)}`,
      ),
    );

const hours = (text: string, more: Partial<Extract<Recipe, { kind: 'hours' }>> = {}): Timetable =>
  compileTimetable({ kind: 'hours', text, holidays: '75', closures: [], ...more }, saturday);

describe('hours in words of OpenStreetMap', () => {
  it('reads usual hours', () => {
    const timetable = hours('Mo,Th 09:00-12:30,13:30-17:00');
    expect(openings(timetable, 1)).toEqual([
      '2026-11-16T09:00/12:30',
      '2026-11-16T13:30/17:00',
      '2026-11-19T09:00/12:30',
      '2026-11-19T13:30/17:00',
    ]);
  });

  it('reads odd weeks and the first Wednesday of the month', () => {
    expect(openings(hours('week 1-53/2 Tu 09:00-12:00'), 4)).toEqual([
      '2026-11-17T09:00/12:00',
      '2026-12-01T09:00/12:00',
    ]);
    expect(openings(hours('We[1] 14:00-17:00'), 8)).toEqual(['2026-12-02T14:00/17:00', '2027-01-06T14:00/17:00']);
  });

  it.each([
    // 2026 has 53 weeks: two odd weeks follow each other, and 1 January belongs to the 53rd.
    ['odd', '2026-12-21', '2027-01-25'],
    ['even', '2026-12-21', '2027-01-25'],
    // 2024 ends in the first week of 2025.
    ['odd', '2024-12-23', '2025-01-20'],
    ['even', '2024-12-23', '2025-01-20'],
    ['odd', '2028-12-18', '2029-01-29'],
    ['even', '2028-12-18', '2029-01-29'],
  ])('reads %s weeks across the turn of the year: %s', (parity, from, to) => {
    const text = `week ${parity === 'odd' ? '1-53/2' : '2-52/2'} Mo-Su 09:00-12:00`;
    const timetable = compileTimetable(
      { kind: 'hours', text, holidays: '75', closures: [] },
      Temporal.PlainDate.from(from),
    );
    const expected: string[] = [];
    for (let day = Temporal.PlainDate.from(from); Temporal.PlainDate.compare(day, to) < 0; day = day.add({ days: 1 })) {
      if (((day.weekOfYear ?? 0) % 2 === 1) === (parity === 'odd') && !isPublicHoliday(day, '75')) {
        expected.push(`${day}T09:00/12:00`);
      }
    }
    expect(openings(timetable).filter((opening) => opening < to)).toEqual(expected);
  });

  it.each(['Mo-Su 09:00-12:00', 'Mo-Su 09:00-12:00; PH off'])('is closed on public holidays: %s', (text) => {
    const days = (area: string) => openings(hours(text, { holidays: area })).map((opening) => opening.slice(0, 10));
    expect(days('75')).not.toContain('2026-12-25');
    expect(days('75')).toContain('2026-12-26');
    expect(days('67')).not.toContain('2026-12-26');
    expect(days('974')).not.toContain('2026-12-20');
  });

  it.each(['Mo-Su 09:00-12:00; PH,SU off', 'Mo-Su 09:00-12:00, PH off', 'PH closed; Mo-Su 09:00-12:00'])(
    'is closed on the public holidays of its own département, however that is written: %s',
    (text) => {
      const days = (area: string) => openings(hours(text, { holidays: area })).map((opening) => opening.slice(0, 10));
      expect(days('75')).not.toContain('2026-12-25');
      expect(days('75')).toContain('2026-12-26');
      expect(days('67')).not.toContain('2026-12-26');
      // The abolition of slavery in Mayotte, on a Tuesday.
      expect(days('75')).toContain('2027-04-27');
      expect(days('976')).not.toContain('2027-04-27');
    },
  );

  it.each(['Mo-Fr 09:00-12:00; PH 10:00-11:00', 'Mo-Su, PH 10:00-11:00'])(
    'believes a place that says that it opens on public holidays: %s',
    (text) => {
      expect(openings(hours(text))).toContain('2026-12-25T10:00/11:00');
    },
  );

  it('never closes what is open day and night, unless it says so', () => {
    for (const text of ['24/7', 'Mo-Su 00:00-24:00']) {
      const { weeks } = hours(text);
      expect(new Set(weeks)).toEqual(new Set([0]));
    }
    expect(openings(hours('24/7; PH off'))).toContain('2026-12-21T00:00/00:00');
    expect(hours('24/7').trouble).toBeUndefined();
  });

  it.each([
    'Mo-Fr',
    'le mardi',
    'sur rendez-vous',
    '"sur rendez-vous"',
    'Mo-Fr by appointment',
    'Mo-Fr 09:00-12:00 unknown "appelez"',
  ])('promises nothing from days without hours, nor from hours that are not certain: %s', (text) => {
    const timetable = hours(text);
    expect(timetable.trouble).toBeTruthy();
    expect(openings(timetable)).toEqual([]);
  });

  it('keeps the certain hours of a text that has others', () => {
    expect(openings(hours('Mo 09:00-12:00 || "sur rendez-vous"'), 1)).toEqual(['2026-11-16T09:00/12:00']);
    expect(hours('off').trouble).toBeUndefined();
  });

  it('knows the school holidays that are published, and marks the weeks it cannot know', () => {
    const known = hours('Mo-Fr 09:00-12:00; SH off', { region: 'Bretagne' });
    const days = openings(known).map((opening) => opening.slice(0, 10));
    expect(days).toContain('2026-12-18');
    expect(days).not.toContain('2026-12-22');
    expect(known.unsure).toEqual([]);
    const far = compileTimetable(
      { kind: 'hours', text: 'Mo-Fr 09:00-12:00; SH off', holidays: '75', region: 'Bretagne', closures: [] },
      Temporal.PlainDate.from('2041-01-07'),
    );
    expect(far.trouble).toBeUndefined();
    expect(far.unsure).toHaveLength(27);
    expect(openings(far)).toEqual([]);
    expect(hours('Mo-Fr 09:00-12:00; SH off', { region: 'Corse' }).unsure).not.toEqual([]);
  });

  it('closes for dated closures', () => {
    const closures = [{ from: '2026-11-17', to: '2026-11-30', reason: 'Travaux' }];
    const days = openings(hours('Mo-Fr 09:00-12:00', { closures }), 3).map((opening) => opening.slice(0, 10));
    expect(days).toEqual(['2026-11-16', '2026-12-01', '2026-12-02', '2026-12-03', '2026-12-04']);
  });

  it('keeps what passes midnight, and Sunday night that ends on Monday', () => {
    const timetable = hours('Su 22:00-02:00');
    expect(openings(timetable, 2)).toContain('2026-11-23T00:00/02:00');
  });

  it('says why it cannot read a text, without a word in the log', () => {
    const said = vi.spyOn(console, 'error');
    const timetable = hours('tous les jours sauf le mardi');
    expect(timetable.trouble).toBeTruthy();
    expect(openings(timetable)).toEqual([]);
    expect(said).not.toHaveBeenCalled();
  });

  it('never throws, whatever the text and the day', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 30 }), fc.integer({ min: 0, max: 20_000 }), (text, days) => {
        const recipe: Recipe = { kind: 'hours', text, holidays: '75', closures: [] };
        expect(compileTimetable(recipe, saturday.add({ days })).weeks).toHaveLength(27);
      }),
      { numRuns: 60 },
    );
  });
});

describe('visits of a stop', () => {
  const stop = (more: Partial<Extract<Recipe, { kind: 'dates' }>>): Timetable =>
    compileTimetable(
      { kind: 'dates', starts_at: '2026-11-24T09:00', minutes: 180, rrule: null, except: [], besides: [], ...more },
      saturday,
    );

  it('comes once, without a rule', () => {
    expect(openings(stop({}))).toEqual(['2026-11-24T09:00/12:00']);
  });

  it('comes every other Tuesday, but for the days taken out, and on the days added', () => {
    const rrule = 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU';
    expect(openings(stop({ rrule, except: ['2026-12-22'], besides: ['2026-12-03'] }), 8)).toEqual([
      '2026-11-24T09:00/12:00',
      '2026-12-03T09:00/12:00',
      '2026-12-08T09:00/12:00',
      '2027-01-05T09:00/12:00',
    ]);
  });

  it('keeps its hour when the clocks change', () => {
    expect(openings(stop({ rrule: 'FREQ=WEEKLY', starts_at: '2026-11-24T02:30' })).at(-1)).toMatch(/T02:30/);
  });

  it.each(['FREQ=SECONDLY', 'FREQ=WEEKLY;BYHOUR=25', 'FREQ=WEEKLY;BYDAY=ZZ', 'pas une règle'])(
    'refuses %s',
    (rrule) => {
      const timetable = stop({ rrule });
      expect(timetable.trouble).toBeTruthy();
      expect(openings(timetable)).toEqual([]);
    },
  );

  it('has no usual week: beyond what is compiled, nothing is promised', () => {
    expect(rangesOf(stop({ rrule: 'FREQ=WEEKLY' }).bitmaps, 0)).toEqual([]);
  });
});
