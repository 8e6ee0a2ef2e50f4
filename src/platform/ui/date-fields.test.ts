import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { datePartsOf, partsOfDay, readDate, typedTime } from './date-fields.ts';
import { typedDate } from './typed-date.ts';

const read = (day: string, month: string, year: string) => readDate({ day, month, year }, 'terme');

describe('a date in three fields', () => {
  test('a day of the calendar is read', () => {
    expect(read('5', '11', '2026')).toEqual({ ok: true, value: Temporal.PlainDate.from('2026-11-05') });
  });

  test('nothing at all is not a mistake', () => {
    expect(read('', '', '')).toEqual({ ok: true, value: undefined });
  });

  test.each([
    ['', '11', '2026', 'Il manque le jour.'],
    ['5', '', '', 'Il manque le mois et l’année.'],
    ['5', 'mai', '2026', 'Écrivez la date en chiffres, par exemple 5, 11 et 2026.'],
    ['5', '11', '26', 'Écrivez la date en chiffres, par exemple 5, 11 et 2026.'],
    ['5', '11', '0000', 'Écrivez la date en chiffres, par exemple 5, 11 et 2026.'],
    ['5', '11', '0026', 'Écrivez la date en chiffres, par exemple 5, 11 et 2026.'],
    ['31', '12', '9999', 'Écrivez la date en chiffres, par exemple 5, 11 et 2026.'],
    ['31', '4', '2026', 'Le 31/4/2026 n’existe pas dans le calendrier.'],
    ['29', '2', '2027', 'Le 29/2/2027 n’existe pas dans le calendrier.'],
    ['0', '1', '2026', 'Le 0/1/2026 n’existe pas dans le calendrier.'],
  ])('“%s” “%s” “%s” is refused: %s', (day, month, year, message) => {
    expect(read(day, month, year)).toEqual({ ok: false, error: { code: 'invalid_date', field: 'terme', message } });
  });

  test('every day written in three fields comes back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 80_000 }), (days) => {
        const date = Temporal.PlainDate.from('1950-01-01').add({ days });
        const result = readDate(partsOfDay(date), 'terme');
        return result.ok && result.value?.equals(date) === true;
      }),
    );
  });

  test('a form sent without the fields, or with files in their place, holds an empty date', () => {
    const form = new FormData();
    form.append('terme_jour', new Blob(['5']));
    expect(datePartsOf(form, 'terme')).toEqual({ day: '', month: '', year: '' });
  });

  test('what was typed is shown again as it was', () => {
    const typed = { terme_jour: ['31'], terme_mois: ['4', '5'] };
    expect(typedDate(typed, 'terme')).toEqual({ day: '31', month: '4', year: '' });
  });
});

test.each([
  ['16:00', '16h'],
  ['16:30', '16h30'],
  ['09:05', '9h05'],
  ['00:00', '0h'],
])('%s is typed %s', (time, typed) => {
  expect(typedTime(Temporal.PlainTime.from(time))).toBe(typed);
});
