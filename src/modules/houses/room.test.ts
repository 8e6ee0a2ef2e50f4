import { expect, test } from 'vitest';
import { form } from '#testing/registration.ts';
import { readRoomAsked } from './room.ts';

const now = Temporal.PlainDateTime.from('2026-11-21T11:00');
const typed = (more: Readonly<Record<string, string>> = {}): FormData =>
  form({
    ...{ room: '7', purpose: 'permanence', holder: 'Équipe de la Caf', day: '24/11/2026', hour: '9h', minutes: '120' },
    ...{ repeat: 'une', ...more },
  });
const read = (more: Readonly<Record<string, string>> = {}) => readRoomAsked(typed(more), [7, 8], now);

test('a permanence every Tuesday until the end of the year, the week of Christmas left out', () => {
  const asked = read({ repeat: 'semaine', until: '31/12/2026', except: '22/12/2026' });
  expect(asked.ok && asked.value).toMatchObject({
    room: 7,
    minutes: 120,
    purpose: 'permanence',
    holder: 'Équipe de la Caf',
  });
  expect(asked.ok && asked.value.times.map(String)).toEqual(
    ['2026-11-24', '2026-12-01', '2026-12-08', '2026-12-15', '2026-12-29'].map((day) => `${day}T09:00:00`),
  );
});

test.each<[string, Readonly<Record<string, string>>, string]>([
  ['a room of somebody else', { room: '9' }, 'room'],
  ['no purpose', { purpose: 'dormir' }, 'purpose'],
  ['a day that is past', { day: '20/11/2026' }, 'day'],
  ['an hour that is past', { day: '21/11/2026', hour: '10h' }, 'day'],
  ['no duration', { minutes: '' }, 'minutes'],
  ['a day and more', { minutes: '1500' }, 'minutes'],
  ['nobody who uses it', { holder: ' ' }, 'holder'],
  ['an address in place of a name', { holder: 'camille@exemple.fr' }, 'holder'],
  ['more than a year', { repeat: 'semaine', until: '01/11/2028' }, 'until'],
  ['a date that is none', { day: '31/11/2026' }, 'day'],
])('it refuses %s', (_, more, field) => {
  const asked = read(more);
  expect(asked.ok ? [] : asked.error.map((refusal) => refusal.field)).toContain(field);
});
