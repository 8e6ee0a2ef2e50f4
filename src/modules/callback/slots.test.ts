import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hoursWords, offeredSlots, slotCode, slotWords } from './slots.ts';

const plain = (text: string): string => text.replaceAll('\u00a0', ' ');
const never = () => false;
const office = { days: [1, 2, 3, 4, 5], from: 9, to: 17 };
const at = Temporal.PlainDateTime.from;

test('on a Friday at ten: the rest of today, then Monday and Tuesday', () => {
  expect(offeredSlots(office, at('2026-11-20T10:20'), never).map(slotCode)).toEqual([
    ...['2026-11-20/9-12', '2026-11-20/12-14', '2026-11-20/14-17'],
    ...['2026-11-23/9-12', '2026-11-23/12-14', '2026-11-23/14-17'],
    ...['2026-11-24/9-12', '2026-11-24/12-14', '2026-11-24/14-17'],
  ]);
});

test.each([
  ['2026-11-20T11:00', '2026-11-20/12-14'],
  ['2026-11-20T15:59', '2026-11-20/14-17'],
  ['2026-11-20T16:00', '2026-11-23/9-12'],
  ['2026-11-21T08:00', '2026-11-23/9-12'],
])('at %s the first is %s: what ends within the hour is not promised', (now, first) => {
  const [slot] = offeredSlots(office, at(now), never);
  expect(slot && slotCode(slot)).toBe(first);
});

test('a public holiday is passed over; a team of one day a week is found; one of no day has none', () => {
  const christmas = (day: Temporal.PlainDate) => day.toString() === '2026-12-25';
  const days = new Set(offeredSlots(office, at('2026-12-24T18:00'), christmas).map(({ day }) => day));
  expect([...days]).toEqual(['2026-12-28', '2026-12-29', '2026-12-30']);
  expect(offeredSlots({ days: [4], from: 18, to: 20 }, at('2026-11-20T10:00'), never).map(slotCode)).toEqual([
    ...['2026-11-26/18-20', '2026-12-03/18-20'],
  ]);
  expect(offeredSlots({ days: [], from: 9, to: 17 }, at('2026-11-20T10:00'), never)).toEqual([]);
});

test('slots follow each other, inside the hours of the team, in the future, three days at most', () => {
  const hours = fc
    .tuple(fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1 }), fc.nat(23), fc.integer({ min: 1, max: 24 }))
    .filter(([, from, to]) => from < to)
    .map(([days, from, to]) => ({ days, from, to }));
  const moment = fc.integer({ min: 0, max: 60 * 24 * 800 }).map((minutes) => at('2026-01-01T00:00').add({ minutes }));
  fc.assert(
    fc.property(hours, moment, (team, now) => {
      const slots = offeredSlots(team, now, never);
      expect(slots.length).toBeGreaterThan(0);
      expect(new Set(slots.map(({ day }) => day)).size).toBeLessThanOrEqual(3);
      expect(slots.map(slotCode)).toEqual([...new Set(slots.map(slotCode))]);
      for (const { day, from, to } of slots) {
        expect(team.days).toContain(Temporal.PlainDate.from(day).dayOfWeek);
        expect(from >= team.from && from < to && to <= team.to).toBe(true);
        const end = Temporal.PlainDate.from(day).toPlainDateTime().add({ hours: to });
        expect(Temporal.PlainDateTime.compare(end, now)).toBe(1);
      }
    }),
  );
});

test('a slot and hours are said as people say them', () => {
  const today = Temporal.PlainDate.from('2026-11-30');
  const said = (day: string) => plain(slotWords({ day, from: 9, to: 12 }, today));
  expect(said('2026-11-30')).toBe('aujourd’hui, lundi 30 novembre 2026, entre 9 h et 12 h');
  expect(said('2026-12-01')).toBe('demain, mardi 1er décembre 2026, entre 9 h et 12 h');
  expect(said('2026-12-03')).toBe('jeudi 3 décembre 2026, entre 9 h et 12 h');
  expect(plain(hoursWords(office))).toBe('du lundi au vendredi, de 9 h à 17 h');
  expect(plain(hoursWords({ days: [4, 1, 2], from: 0, to: 24 }))).toBe('lundi, mardi et jeudi, de minuit à minuit');
  expect(plain(hoursWords({ days: [6], from: 18, to: 20 }))).toBe('samedi, de 18 h à 20 h');
});
