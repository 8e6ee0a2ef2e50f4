import { describe, expect, test } from 'vitest';
import { day } from '#testing/families.ts';
import { amenorrhoea, conceptionDate, type Dating, dueDate } from './dating.ts';

describe('one pregnancy dated in four ways', () => {
  test.each<[string, Dating]>([
    ['by its expected day', { by: 'due', day: day('2027-02-20') }],
    ['by conception, 273 days before', { by: 'conception', day: day('2026-05-23') }],
    ['by the last period, 287 days before', { by: 'period', day: day('2026-05-09') }],
    ['by an ultrasound at 12 weeks and 3 days', { by: 'ultrasound', day: day('2026-08-04'), weeks: 12, days: 3 }],
  ])('%s', (_, dating) => {
    expect(dueDate(dating).toString()).toBe('2027-02-20');
    expect(conceptionDate(dating).toString()).toBe('2026-05-23');
    expect(amenorrhoea(dating, day('2026-11-21'))).toEqual({ weeks: 28, days: 0 });
    expect(amenorrhoea(dating, dueDate(dating))).toEqual({ weeks: 41, days: 0 });
  });
});
