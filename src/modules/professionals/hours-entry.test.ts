import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hoursFromLines, linesFromHours } from './hours-entry.ts';

const week = (...lines: string[]): unknown => {
  const read = hoursFromLines(lines);
  return read.ok ? read.value : read.error.map(({ field }) => field);
};

describe('hours as people type them', () => {
  it.each([
    ['9h-12h30 et 14h-18h', 'Mo 09:00-12:30,14:00-18:00'],
    ['de 9 h à 12 h', 'Mo 09:00-12:00'],
    ['8:30/17:00', 'Mo 08:30-17:00'],
    ['9 – 12, 14 – 18', 'Mo 09:00-12:00,14:00-18:00'],
    ['0h-24h', 'Mo 00:00-24:00'],
    ['fermé', null],
    ['', null],
  ])('« %s » is %s', (line, expected) => {
    expect(week(line)).toBe(expected);
  });

  it.each(['9h', 'le matin', '18h-9h', '9h-12h, 11h-14h', '9h-25h', '9h75-12h', '9h-9h', '<b>9h-12h</b>'])(
    '« %s » is refused, by its day',
    (line) => {
      expect(week('', line)).toEqual(['hours-1']);
    },
  );

  it('writes once the days that follow each other with the same hours', () => {
    expect(week('9h-12h', '9h-12h', '9h-12h', '', '9h-12h', '10h-12h', '')).toBe(
      'Mo-We 09:00-12:00; Fr 09:00-12:00; Sa 10:00-12:00',
    );
  });

  it('answers something to any text, and its own clock times come back', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { maxLength: 7 }), (lines) => typeof hoursFromLines(lines).ok === 'boolean'),
    );
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1438 }), fc.integer({ min: 1, max: 1440 }), (from, length) => {
        const to = Math.min(1440, from + length);
        const clock = (minutes: number) =>
          `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
        return week(`${clock(from)}-${clock(to)}`) === `Mo ${clock(from)}-${clock(to)}`;
      }),
    );
  });
});

describe('hours said again in seven lines', () => {
  it.each([
    ['Mo-Fr 09:00-12:30,14:00-18:00; Sa 10:00-12:00', [...Array(5).fill('9h-12h30, 14h-18h'), '10h-12h', '']],
    ['Tu,Th 09:00-12:00', ['', '9h-12h', '', '9h-12h', '', '', '']],
    ['PH off; Mo 09:00-12:00', undefined],
    ['Mo-Fr 09:00-12:00; PH off', undefined],
    ['SH Mo 09:00-12:00', undefined],
    ['Mo[1] 09:00-12:00', undefined],
    ['Fr-Mo 09:00-12:00', undefined],
    ['24/7', undefined],
    ['sur rendez-vous', undefined],
    ['', undefined],
  ])('« %s » is %j', (hours, lines) => {
    expect(linesFromHours(hours)).toEqual(lines);
  });

  it('lead back to the same hours, whatever was typed', () => {
    const time = fc.integer({ min: 0, max: 23 * 4 }).map((quarter) => quarter * 15);
    const day = fc.uniqueArray(time, { maxLength: 6 }).map((times) => {
      const sorted = times.toSorted((a, b) => a - b).slice(0, 2 * Math.floor(times.length / 2));
      const said = sorted.map((minutes) => `${Math.floor(minutes / 60)}h${String(minutes % 60).padStart(2, '0')}`);
      return said.flatMap((from, at) => (at % 2 === 0 ? [`${from}-${said[at + 1]}`] : [])).join(', ');
    });
    fc.assert(
      fc.property(fc.array(day, { minLength: 7, maxLength: 7 }), (lines) => {
        const hours = hoursFromLines(lines);
        if (!hours.ok || hours.value === null) return;
        expect(hoursFromLines(linesFromHours(hours.value) ?? [])).toEqual(hours);
      }),
    );
  });

  it('answer something to any text', () => {
    fc.assert(fc.property(fc.string(), (text) => [7, undefined].includes(linesFromHours(text)?.length)));
  });
});
