import { expect, test } from 'vitest';
import { reminderInTwoWeeks } from './reminder.ts';

const reminder = (today: string) =>
  reminderInTwoWeeks({
    today: Temporal.PlainDate.from(today),
    now: Temporal.Instant.from('2026-11-21T10:20:30.456Z'),
    uid: '6f0e',
    title: 'Un moment pour vous',
  });

test.each([
  ['2026-11-21', '20261205'],
  ['2026-12-20', '20270103'],
  ['2028-02-16', '20280301'],
])('on %s, the reminder is on %s at ten', (today, day) => {
  expect(reminder(today)).toContain(`DTSTART:${day}T100000\r\n`);
});

test('says nothing of health, of a baby or of us in what a calendar shows', () => {
  const shown = reminder('2026-11-21')
    .split('\r\n')
    .filter((line) => /^(SUMMARY|DESCRIPTION|LOCATION|URL)/.test(line));
  expect(shown).toEqual(['SUMMARY:Un moment pour vous', 'DESCRIPTION:Un moment pour vous']);
});

test('is a calendar as RFC 5545 wants it', () => {
  const lines = reminder('2026-11-21').split('\r\n');
  expect(lines.at(0)).toBe('BEGIN:VCALENDAR');
  expect(lines.at(-2)).toBe('END:VCALENDAR');
  expect(lines).toContain('DTSTAMP:20261121T102030Z');
  expect(lines.every((line) => line.length <= 75)).toBe(true);
});
