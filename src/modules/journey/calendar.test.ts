import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { day, expecting } from '#testing/families.ts';
import { writeCalendar } from './calendar.ts';
import { calendarOf, cancelledCalendar } from './journey-calendar.ts';
import { tellLoss } from './remembrance.ts';
import { readSchedule } from './server/index.ts';
import { resolveTimeline } from './timeline.ts';

const madeAt = Temporal.Instant.from('2026-11-21T08:30:00Z');
const unfold = (file: string) => file.replaceAll('\r\n ', '').split('\r\n');
const event = { uid: 'a@b', title: 'Rendez-vous', start: day('2026-12-05'), end: day('2027-01-09') };

test('an event is written as calendars read it', () => {
  const lines = unfold(
    writeCalendar([{ ...event, alarm: Temporal.PlainDateTime.from('2026-11-21T10:00') }], madeAt, 'Rendez-vous'),
  );
  expect(lines).toContain('DTSTART;VALUE=DATE:20261205');
  expect(lines).toContain('DTEND;VALUE=DATE:20270109');
  expect(lines).toContain('DTSTAMP:20261121T083000Z');
  expect(lines).toContain('TRIGGER:-P13DT14H0M');
  expect(lines).toContain('METHOD:PUBLISH');
});

test('an alarm on the day itself comes after its start', () => {
  const file = writeCalendar([{ ...event, alarm: Temporal.PlainDateTime.from('2026-12-05T10:00') }], madeAt, 'x');
  expect(unfold(file)).toContain('TRIGGER:P0DT10H0M');
});

test('a later export replaces an earlier one: same identifier, higher revision', () => {
  const sequence = (instant: string) =>
    Number(/SEQUENCE:(\d+)/.exec(writeCalendar([event], Temporal.Instant.from(instant), 'x'))?.[1]);
  expect(sequence('2026-11-21T08:31:00Z')).toBeGreaterThan(sequence('2026-11-21T08:30:00Z'));
});

test('any text is escaped, and no line is longer than 75 bytes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (title) => {
      const file = writeCalendar([{ ...event, title }], madeAt, 'x');
      for (const line of file.split('\r\n')) expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75);
      expect(unfold(file).filter((line) => line.startsWith('BEGIN:VEVENT'))).toHaveLength(1);
    }),
  );
  expect(unfold(writeCalendar([{ ...event, title: 'a;b,c\\d\ne' }], madeAt, 'x'))).toContain(
    'SUMMARY:a\\;b\\,c\\\\d\\ne',
  );
});

describe('the calendar of a family', () => {
  const schedule = readSchedule('content');
  const of = expecting('2027-02-20');
  const today = day('2026-11-21');
  const timeline = resolveTimeline(schedule, of, today);
  const now = today.toPlainDateTime({ hour: 8 });
  const words = { neutralTitle: 'Rendez-vous', neutralText: 'Voir Mille jours' };

  test('with neutral titles, nothing tells what it is about', () => {
    const file = writeCalendar(calendarOf(timeline, of, now, { ...words, neutral: true }), madeAt, 'Rendez-vous');
    expect(file).not.toMatch(/grossesse|bébé|enfant|naissance|vaccin|échograph|sage-femme|maternit/i);
    expect(unfold(file).filter((line) => line === 'BEGIN:VALARM').length).toBeGreaterThan(3);
  });

  test('holds neither what may not concern the family nor what is done, and each event once', () => {
    const events = calendarOf(timeline, of, now, { ...words, neutral: false });
    const titles = events.map(({ title }) => title);
    expect(titles).toContain('Échographie du 3e trimestre');
    expect(titles).not.toContain('Injection anti-D');
    expect(new Set(events.map(({ uid }) => uid)).size).toBe(events.length);
  });

  test('after a loss, every event of that child is cancelled, with titles that say nothing and no alarm', () => {
    const after = resolveTimeline(
      schedule,
      tellLoss(of, 'c1', { day: today, recordedOn: today, choice: 'silence' }),
      today,
    );
    const before = calendarOf(timeline, of, now, { ...words, neutral: false }).map(({ uid }) => uid);
    const cancelled = cancelledCalendar(timeline, after, words);
    expect(cancelled.map(({ uid }) => uid)).toEqual(expect.arrayContaining(before));
    const file = writeCalendar(cancelled, madeAt, 'x');
    expect(unfold(file)).toContain('METHOD:CANCEL');
    expect(file).not.toContain('VALARM');
    expect(file).not.toMatch(/SUMMARY:(?!Rendez-vous\r)/);
  });
});
