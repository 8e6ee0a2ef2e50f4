import fc from 'fast-check';
import { expect, test } from 'vitest';
import { daysInWords } from './when-in-words.ts';

const said = (text: string, today: string): string | undefined => {
  const days = daysInWords(text, Temporal.PlainDate.from(today));
  const hours = days?.hours ? ` ${days.hours.from / 60}-${days.hours.to / 60}` : '';
  return days && `${days.from}${days.from.equals(days.to) ? '' : `/${days.to}`}${hours}`;
};

// Saturday 21 November 2026.
test.each([
  ['ce week-end', '2026-11-21/2026-11-22'],
  ['Ce weekend', '2026-11-21/2026-11-22'],
  ['le week-end prochain', '2026-11-28/2026-11-29'],
  ['mardi soir', '2026-11-24 17.5-24'],
  ['mardi prochain', '2026-11-24'],
  ['samedi', '2026-11-21'],
  ['samedi prochain', '2026-11-28'],
  ['aujourd’hui', '2026-11-21'],
  ['ce soir', '2026-11-21 17.5-24'],
  ['cet après-midi', '2026-11-21 12-18'],
  ['demain matin', '2026-11-22 0-12'],
  ['demain après-midi', '2026-11-22 12-18'],
  ['après-demain', '2026-11-23'],
  ['après-demain après-midi', '2026-11-23 12-18'],
  ['dans 3 jours', '2026-11-24'],
  ['cette semaine', '2026-11-21/2026-11-22'],
  ['la semaine prochaine', '2026-11-23/2026-11-29'],
  ['un de ces jours', undefined],
  ['ce mois', '2026-11-21/2026-11-30'],
  ['le mois prochain', '2026-12-01/2026-12-31'],
  ['en décembre', '2026-12-01/2026-12-31'],
  ['novembre', '2026-11-21/2026-11-30'],
  ['mars', '2027-03-01/2027-03-31'],
  ['le 1er décembre', '2026-12-01'],
  ['12/12', '2026-12-12'],
  ['samedi 12 décembre 2026', '2026-12-12'],
  ['3 février', '2027-02-03'],
  ['29 février', '2028-02-29'],
  ['29 février 2027', undefined],
  ['31 avril', undefined],
  ['2026-12-24', '2026-12-24'],
  ['quand il fera beau', undefined],
  ['', undefined],
])('on Saturday 21 November 2026, « %s » is %s', (text, expected) => {
  expect(said(text, '2026-11-21')).toBe(expected);
});

test.each([
  ['2026-11-20', '2026-11-21/2026-11-22'],
  ['2026-11-22', '2026-11-22'],
  ['2026-11-16', '2026-11-21/2026-11-22'],
])('on %s, « ce week-end » is %s', (today, expected) => {
  expect(said('ce week-end', today)).toBe(expected);
});

test('« ce mois-ci » is the rest of the month', () => {
  expect(said('ce mois-ci', '2026-11-21')).toBe('2026-11-21/2026-11-30');
});

test('says back what it understood', () => {
  const label = (text: string): string | undefined => daysInWords(text, Temporal.PlainDate.from('2026-11-21'))?.label;
  expect(label('mardi soir')).toBe('mardi 24 novembre, le soir');
  expect(label('1 décembre')).toBe('mardi 1er décembre');
  expect(label('mars')).toBe('en mars 2027');
});

test('whatever is typed, it does not throw, and never goes backwards', () => {
  const words = fc.constantFrom(
    'ce',
    'le',
    'mardi',
    'soir',
    'week-end',
    'prochain',
    '31',
    '2',
    'février',
    '2027',
    '/',
    'demain',
  );
  const typed = fc.oneof(
    fc.string(),
    fc.array(words, { maxLength: 5 }).map((list) => list.join(' ')),
  );
  fc.assert(
    fc.property(typed, fc.integer({ min: 0, max: 3000 }), (text, days) => {
      const today = Temporal.PlainDate.from('2024-01-01').add({ days });
      const asked = daysInWords(text, today);
      if (asked) expect(Temporal.PlainDate.compare(asked.from, asked.to)).toBeLessThanOrEqual(0);
    }),
  );
});
