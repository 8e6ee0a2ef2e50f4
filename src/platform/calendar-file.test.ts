import { expect, test } from 'vitest';
import { timedCalendar } from './calendar-file.ts';

const start = Temporal.Instant.from('2026-11-24T08:30:00Z');

test.each(['Café\rBEGIN:VEVENT', 'Café\nBEGIN:VEVENT', 'Café\r\nBEGIN:VEVENT'])(
  'a title that breaks its line (%j) makes no second event',
  (title) => {
    const file = timedCalendar([{ uid: 'a', start, minutes: 60, title }], start);
    expect(file.split(/\r\n|\r|\n/).filter((line) => line === 'BEGIN:VEVENT')).toHaveLength(1);
    expect(file).toContain('SUMMARY:Café\\nBEGIN:VEVENT');
  },
);
