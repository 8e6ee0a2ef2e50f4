import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCalendar } from './imported-calendar.ts';

const ics = (...events: string[][]): string =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    ...events.flatMap((lines) => ['BEGIN:VEVENT', ...lines, 'END:VEVENT']),
    'END:VCALENDAR',
  ].join('\r\n');
const read = (text: string, zone = 'Europe/Paris') => {
  const result = readCalendar(text, zone);
  return result.ok ? result.value : result.error.code;
};

describe('a calendar', () => {
  it('is read with its hours at the place, its lines that go on, and what it escapes', () => {
    const calendar = ics([
      'UID:1@x',
      'SUMMARY:Café\\, thé',
      ' et gâteaux',
      'DTSTART:20261124T083000Z',
      'DTEND:20261124T100000Z',
      'LOCATION:Salle A\\nRennes',
      'BEGIN:VALARM',
      'SUMMARY:Alarme',
      'END:VALARM',
    ]);
    expect(read(calendar)).toMatchObject({
      troubles: [],
      events: [
        {
          ref: '1@x',
          rrule: null,
          form: {
            title: 'Café, théet gâteaux',
            day: '2026-11-24',
            hour: '09:30',
            minutes: '90',
            place_name: 'Salle A, Rennes',
          },
        },
      ],
    });
    expect(read(calendar, 'Indian/Reunion')).toMatchObject({ events: [{ form: { hour: '12:30' } }] });
  });

  it('keeps a bounded rule, ends one that has no end and says so, refuses what is without bound', () => {
    const at = 'DTSTART;TZID=Europe/Paris:20261124T093000';
    expect(
      read(
        ics(
          ['UID:a', at, 'RRULE:FREQ=WEEKLY;UNTIL=20270630T000000Z', 'EXDATE;VALUE=DATE:20261222'],
          ['UID:b', at, 'RRULE:FREQ=WEEKLY'],
          ['UID:c', at, 'RRULE:FREQ=DAILY;COUNT=1000000'],
          ['UID:d', at, 'RRULE:FREQ=SECONDLY;COUNT=5'],
        ),
      ),
    ).toMatchObject({
      events: [
        { ref: 'a', rrule: 'FREQ=WEEKLY;UNTIL=20270630T000000Z', form: { except: '2026-12-22' } },
        { ref: 'b', rrule: 'FREQ=WEEKLY;UNTIL=20271124T235959Z', remark: expect.stringContaining('pas de fin') },
      ],
      troubles: [
        { message: expect.stringContaining('plus de mille dates') },
        { message: expect.stringContaining('n’a pas été comprise') },
      ],
    });
  });

  it('reads a line that is no line in the time of its letters, and no more dates than one more than the form takes', () => {
    const at = 'DTSTART:20261124T083000Z';
    const strange = [';'.repeat(19_000), `;${'"'.repeat(19_000)}`, `;${'";'.repeat(9_000)}`].map(
      (signs) => `X${signs}`,
    );
    expect(read(ics(['UID:a', at, ...strange]))).toMatchObject({ events: [{ ref: 'a' }], troubles: [] });
    const days = Array.from({ length: 20 }, () => `EXDATE:${Array(100).fill('20261222T083000Z').join(',')}`);
    const found = read(ics(['UID:a', at, ...days]));
    expect(typeof found === 'string' ? [] : found.events[0]?.form.except?.split(' ')).toHaveLength(301);
    expect(read(ics(['DTSTART;TZID="Europe/Paris";X="a;b:c":20261124T083000']))).toMatchObject({
      events: [{ form: { hour: '08:30' } }],
    });
  });

  it('leaves out what is cancelled; says which event has no hour', () => {
    expect(
      read(ics(['UID:a', 'STATUS:CANCELLED', 'DTSTART:20261124T083000Z'], ['UID:b', 'DTSTART;VALUE=DATE:20261124'])),
    ).toMatchObject({
      events: [],
      troubles: [{ line: 8, message: expect.stringContaining('heure') }],
    });
  });
});

describe('a table', () => {
  it('is read by the names of its columns, in any order', () => {
    expect(read('Date;Titre;Heure;Durée;Lieu\n24/11/2026;"Café; thé";9h30;90;Salle A\n')).toMatchObject({
      events: [
        {
          line: 2,
          form: { title: 'Café; thé', day: '24/11/2026', hour: '9h30', minutes: '90', place_name: 'Salle A' },
        },
      ],
    });
  });

  it.each([
    ['', 'unreadable'],
    ['bonjour', 'unreadable'],
    ['titre;date\n"jamais fermé', 'unreadable'],
    ['x'.repeat(400_001), 'too_long'],
    [`titre;date\n${'a;b\n'.repeat(501)}`, 'too_many'],
  ])('refuses %#', (text, code) => {
    expect(read(text)).toBe(code);
  });
});

it('whatever is given, it does not throw', () => {
  const piece = fc.constantFrom(
    'BEGIN:VCALENDAR\n',
    'BEGIN:VEVENT\n',
    'END:VEVENT\n',
    'DTSTART:20261124T083000Z\n',
    'DTSTART;TZID="x":2026\n',
    'RRULE:FREQ=YEARLY\n',
    ' suite\n',
    'titre;date\n',
    '"',
    ';',
    '\u0000',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 20 }), (parts) => {
      readCalendar(parts.join(''), 'Europe/Paris');
    }),
  );
});
