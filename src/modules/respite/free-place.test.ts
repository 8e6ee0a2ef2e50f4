import { describe, expect, test } from 'vitest';
import { dayParts, isOver, placesInWords, readFreePlaces, type Typed } from './free-place.ts';

const now = Temporal.PlainDateTime.from('2026-11-24T09:30');
const typed = (changed: Partial<Typed> = {}): Typed => ({
  ...{ day: '2026-11-25', part: 'matin', ages: ['un-an', 'deux-ans'], count: '2', urgent: false },
  ...{ note: '  Avec un\ndoudou ', ...changed },
});
const refused = (changed: Partial<Typed>): string[] => {
  const read = readFreePlaces(typed(changed), now);
  return read.ok ? [] : read.error.map(({ code, field }) => `${field} ${code}`);
};

describe('what a structure says free', () => {
  test('is read as it was meant', () => {
    const read = readFreePlaces(typed(), now);
    expect(read.ok && { ...read.value, day: `${read.value.day}` }).toEqual({
      ...{ day: '2026-11-25', part: 'matin', ages: ['un-an', 'deux-ans'], count: 2, urgent: false },
      note: 'Avec un doudou',
    });
  });

  test.each([
    [{ day: '' }, ['day day_missing']],
    [{ day: '2026-02-29' }, ['day day_missing']],
    [{ day: '2026-11-23' }, ['day day_past']],
    [{ day: '2026-12-25' }, ['day day_too_far']],
    [{ day: '2026-12-24' }, []],
    [{ day: '2026-11-24', part: 'matin' }, []],
    [{ part: 'nuit' }, ['part part_missing']],
    [{ ages: [] }, ['ages ages_missing']],
    [{ ages: ['cent-ans'] }, ['ages ages_missing']],
    [{ count: '0' }, ['count count_wrong']],
    [{ count: '21' }, ['count count_wrong']],
    [{ count: '2,5' }, ['count count_wrong']],
    [{ count: '-3' }, ['count count_wrong']],
    [{ note: 'é'.repeat(161) }, ['note note_too_long']],
    [{ day: '', part: '', ages: [], count: '' }, 4],
  ] as const)('%j is refused in words at its field', (changed, expected) => {
    const found = refused(changed);
    expect(typeof expected === 'number' ? found.length : found).toEqual(expected);
  });

  test('is refused when that part of the day is over', () => {
    const noon = Temporal.PlainDateTime.from('2026-11-25T12:00');
    const read = readFreePlaces(typed(), noon);
    expect(!read.ok && read.error.map(({ code }) => code)).toEqual(['part_over']);
    expect(readFreePlaces(typed({ part: 'apres-midi' }), noon).ok).toBe(true);
  });
});

test('a part of a day is over at its hour, and never before its day', () => {
  const on = Temporal.PlainDate.from('2026-11-25');
  for (const { code, over } of dayParts) {
    const at = on.toPlainDateTime().add({ minutes: over });
    expect(isOver(on, code, at.subtract({ minutes: 1 })), code).toBe(false);
    expect(isOver(on, code, at), code).toBe(true);
    expect(isOver(on, code, Temporal.PlainDateTime.from('2026-11-24T23:59')), code).toBe(false);
  }
});

test.each([
  [1, ['un-an'], 'Une place libre, pour un enfant de 1 an'],
  [2, ['moins-d-un-an', 'deux-ans'], '2 places libres, pour un enfant de moins de 1 an ou 2 ans'],
  [3, ['moins-d-un-an', 'un-an', 'deux-ans', 'trois-ans'], '3 places libres, à tous les âges'],
] as const)('%i places for %j are said « %s »', (count, ages, expected) => {
  expect(placesInWords({ count, ages })).toBe(expected);
});
