import { describe, expect, test } from 'vitest';
import { day, expecting, family } from '#testing/families.ts';
import type { Dating } from './dating.ts';
import type { Child, Family } from './family.ts';
import { checkFamily } from './family-check.ts';
import { familyToText, readFamily } from './family-text.ts';

const today = day('2026-11-21');
const codes = (of: Family) => checkFamily(of, today).map(({ code }) => code);
const children = (count: number): Child[] =>
  Array.from({ length: count }, (_, index) => ({ id: `c${index}`, birth: day('2025-01-01') }));
const dated = (dating: Dating) => ({ ...expecting('2027-02-20'), pregnancies: [{ id: 'p1', dating }] });

describe('what cannot be true is said, each with its sentence', () => {
  test.each<[string, Family, string[]]>([
    ['an ordinary pregnancy', expecting('2027-02-20'), []],
    ['overdue by four days', expecting('2026-11-17'), []],
    ['sixty weeks of pregnancy', expecting('2026-07-11'), ['pregnancy_too_long']],
    ['due in two years', expecting('2028-11-21'), ['due_too_far']],
    ['a birth to come', family({ children: [{ id: 'c1', birth: day('2026-11-22') }] }), ['birth_to_come']],
    ['eight children', family({ children: children(8) }), []],
    ['nine children', family({ children: children(9) }), ['too_many_children']],
    ['nine with the elders', family({ children: children(2), olderChildren: 7 }), ['too_many_children']],
    ['six at one birth', expecting('2027-02-20', 6), ['too_many_at_once']],
    [
      'an ultrasound at 60 weeks',
      dated({ by: 'ultrasound', day: today, weeks: 60, days: 0 }),
      ['impossible_weeks', 'pregnancy_too_long'],
    ],
    ['a last period to come', dated({ by: 'period', day: day('2026-11-25') }), ['day_to_come', 'due_too_far']],
    ['a child of eight', family({ children: [{ id: 'c1', birth: day('2018-11-20') }] }), ['child_too_old']],
    [
      'arrived before birth',
      family({ children: [{ id: 'c1', birth: day('2026-05-01'), arrival: day('2026-04-01') }] }),
      ['arrived_before_birth'],
    ],
  ])('%s', (_, of, expected) => {
    expect(codes(of)).toEqual(expected);
  });
});

describe('a family read from elsewhere', () => {
  test('is the one that was written', () => {
    const of = {
      ...expecting('2027-02-20', 2),
      marks: { 'gro-epp:p1': { state: 'done', day: day('2026-10-01') } },
      answers: { breastfeeding: true },
      silences: [{ scope: { of: 'kind', kind: 'rights' }, since: today }],
    } as const satisfies Family;
    expect(readFamily(familyToText(of), today)).toEqual({ ok: true, value: of });
  });

  const good = () => JSON.parse(JSON.stringify(expecting('2027-02-20')));
  test.each<[string, unknown]>([
    ['nothing', null],
    ['a list', []],
    ['nobody', { ...good(), people: [] }],
    ['an impossible date', { ...good(), pregnancies: [{ id: 'p1', dating: { by: 'due', day: '2027-02-30' } }] }],
    ['an unknown zone', { ...good(), timeZone: 'Europe/Atlantis' }],
    ['an unknown role', { ...good(), people: [{ id: 'me', role: 'king' }] }],
    ['a number for a word', { ...good(), children: [{ id: 3 }] }],
    ['a thousand children', { ...good(), children: Array.from({ length: 1000 }, () => ({ id: 'c' })) }],
    ['a birth to come', { ...good(), children: [{ id: 'c1', birth: '2030-01-01' }] }],
  ])('%s is refused with a sentence', (_, given) => {
    const read = readFamily(given, today);
    expect(read.ok).toBe(false);
    expect(read.ok || read.error.message.length).toBeGreaterThan(20);
  });
});
