import fc from 'fast-check';
import { expect, test } from 'vitest';
import { daysOf, eventsFor, hoursOf, kindsFor, moments, needs, readNeed } from './need.ts';

const day = (text: string) => Temporal.PlainDate.from(text);
const said = ({ from, to }: ReturnType<typeof daysOf>) => `${from} ${to}`;

test.each([
  ['bientot', '2026-11-24', '2026-11-24 2026-11-30'],
  ['maintenant', '2026-11-24', '2026-11-24 2026-11-24'],
  ['soir', '2026-12-31', '2026-12-31 2026-12-31'],
  // A Saturday is its own; on a Sunday, the next one.
  ['samedi', '2026-11-28', '2026-11-28 2026-11-28'],
  ['samedi', '2026-11-29', '2026-12-05 2026-12-05'],
  ['samedi', '2028-02-28', '2028-03-04 2028-03-04'],
] as const)('%s, asked on %s, means %s', (moment, today, expected) => {
  expect(said(daysOf(moment, day(today)))).toBe(expected);
});

test('whatever the day, « samedi » is a Saturday within a week, never past', () => {
  const days = fc.integer({ min: 0, max: 20_000 }).map((shift) => day('2000-01-01').add({ days: shift }));
  fc.assert(
    fc.property(days, (today) => {
      const { from, to } = daysOf('samedi', today);
      expect([from.dayOfWeek, from.equals(to)]).toEqual([6, true]);
      expect(today.until(from).days).toBeGreaterThanOrEqual(0);
      expect(today.until(from).days).toBeLessThan(7);
    }),
  );
});

test('what cannot be read asks for everything, in the days that come', () => {
  const { need, moment } = readNeed(new URLSearchParams('besoin=<b>&quand=hier'));
  expect([need, moment.code]).toEqual([undefined, 'bientot']);
  expect(kindsFor(undefined).length).toBe(new Set(needs.flatMap(({ kinds }) => kinds)).size);
  expect(kindsFor('ensemble')).toContain('laep');
  expect(kindsFor('garde')).not.toContain('laep');
  expect([eventsFor('parler'), eventsFor('garde')]).toEqual([['cafe', 'groupe'], []]);
  expect(new Set(eventsFor(undefined))).toEqual(new Set(['accueil', 'spectacle', 'atelier', 'cafe', 'groupe']));
  expect([hoursOf('soir')?.from, hoursOf('samedi')]).toEqual([1050, undefined]);
  expect(moments.map(({ code }) => readNeed(new URLSearchParams({ quand: code })).moment.code)).toEqual(
    moments.map(({ code }) => code),
  );
});
