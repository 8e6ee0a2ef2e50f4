import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { catalogue } from '#messages/server/catalogue.ts';
import { callOf, crisisLines } from './call.ts';
import { freshnessOf, helplinesSchema, hrefOf, linesToCheck } from './helpline.ts';

const written = parse(readFileSync('content/help/helplines.yaml', 'utf8'));
const lines = helplinesSchema.parse(written);
const first = written[0];

describe('the numbers of /aide', () => {
  test('danger comes first, and the Samu is the first number', () => {
    expect(lines[0]).toMatchObject({ id: 'samu', number: '15', block: 'danger' });
  });

  test('every number says where it comes from, in the languages of the page', () => {
    for (const line of lines) {
      expect(line.source.name, line.id).not.toBe('');
      for (const text of Object.values(line.texts)) expect(text.what, line.id).not.toBe('');
    }
  });

  test('3919 is not shown as an emergency number', () => {
    expect(lines.find((line) => line.number === '3919')).toMatchObject({ emergency: false });
  });

  test.each(['0 800 20 00 00', '0800200000', '0 800 200 000'])('%s is refused, however it is written', (number) => {
    expect(() => helplinesSchema.parse([{ ...first, number }])).toThrow();
  });

  test('a line written twice stops the reading', () => {
    expect(() => helplinesSchema.parse([first, first])).toThrow(/written twice/);
  });

  test('a word that nobody knows stops the reading', () => {
    expect(() => helplinesSchema.parse([{ ...first, horaires: 'toujours' }])).toThrow();
  });
});

describe('a tap', () => {
  test.each([
    ['15', 'call', 'tel:15'],
    ['0 800 00 34 56', 'call', 'tel:0800003456'],
    ['114', 'text', 'sms:114'],
  ] as const)('%s (%s) leads to %s', (number, channel, href) => {
    expect(hrefOf({ number, channel })).toBe(href);
  });
});

describe('the date of the check', () => {
  const day = Temporal.PlainDate.from;

  test.each([
    ['2026-11-21', '2026-11-21', 'fresh'],
    ['2026-11-21', '2027-03-21', 'fresh'], // 120 days
    ['2026-11-21', '2027-03-22', 'old'],
  ])('checked on %s, read on %s: %s', (checked_on, today, state) => {
    expect(freshnessOf({ checked_on }, day(today))).toEqual({ state, checkedOn: checked_on });
  });

  test('without a date, it is to be checked', () => {
    expect(freshnessOf({}, day('2026-11-21'))).toEqual({ state: 'never' });
  });

  test('the numbers to check are those never checked, then the oldest', () => {
    const [some, other, never] = lines;
    if (!some || !other || !never) throw new Error('three lines are needed');
    const { checked_on: _, ...unchecked } = never;
    const given = [{ ...some, checked_on: '2026-03-01' }, { ...other, checked_on: '2026-01-01' }, unchecked];
    expect(linesToCheck(given, day('2026-11-21')).map(({ id }) => id)).toEqual([never.id, other.id, some.id]);
    expect(linesToCheck(lines, day('2026-11-21'))).toEqual([]);
    expect(linesToCheck(lines, day('2027-03-23')).length).toBe(lines.length);
  });

  test('once old, a number stays old', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2000 }), fc.integer({ min: 0, max: 2000 }), (age, more) => {
        const start = day('2026-11-21');
        const at = (days: number) => freshnessOf({ checked_on: '2026-11-21' }, start.add({ days })).state;
        return at(age) === 'fresh' || at(age + more) === 'old';
      }),
    );
  });
});

describe('the crisis card', () => {
  const day = Temporal.PlainDate.from;

  test('has listening first, then rescue, then the text, each with its last check', () => {
    const calls = crisisLines(lines).map((line) => callOf(line, catalogue.fr.help, 'fr', day('2026-11-22')));
    expect(calls.map(({ href }) => href)).toEqual(['tel:3114', 'tel:15', 'sms:114']);
    expect(calls[0]?.check).toBe('Numéro vérifié le 22 novembre 2026');
  });

  test('keeps its numbers when the checks are years old, and says so', () => {
    const calls = crisisLines(lines).map((line) => callOf(line, catalogue.fr.help, 'fr', day('2036-01-01')));
    expect(calls.map(({ number }) => number)).toEqual(['3114', '15', '114']);
    for (const { check } of calls) expect(check).toContain('à revérifier');
  });

  test('refuses content that has lost one of its numbers', () => {
    expect(() => crisisLines(lines.filter(({ number }) => number !== '3114'))).toThrow(/3114/);
  });
});
