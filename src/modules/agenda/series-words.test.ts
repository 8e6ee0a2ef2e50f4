import { expect, test } from 'vitest';
import { besidesBeforeFirstWeek, ruleOf } from '#platform/recurrence.ts';
import { timesOfSeries } from './series-words.ts';

const until = ';UNTIL=20270630T235959Z';

test.each([
  [ruleOf({ days: [2, 4], nth: [], parity: 'all' }), 'semaine', ['2', '4']],
  [ruleOf({ days: [1], nth: [], parity: 'odd' }), 'impaires', ['1']],
  [ruleOf({ days: [7], nth: [], parity: 'even' }), 'paires', ['7']],
  [ruleOf({ days: [2], nth: [-1], parity: 'all' }), 'mois', []],
  ['FREQ=WEEKLY;INTERVAL=3;BYDAY=TU', 'regle', []],
])('%s is said « %s »', (rule, repeat, days) => {
  expect(timesOfSeries({ rrule: `${rule}${until}` })).toEqual({
    ...{ repeat, days },
    ...(repeat === 'regle' ? {} : { until: '2027-06-30' }),
  });
});

test('what has a number of times stays as it was imported; what has no rule is once', () => {
  expect(timesOfSeries({ rrule: 'FREQ=WEEKLY;BYDAY=TU;COUNT=5' }).repeat).toBe('regle');
  expect(timesOfSeries({ rrule: null }).repeat).toBe('une');
  expect(besidesBeforeFirstWeek('2026-11-24', { days: [2], nth: [], parity: 'odd' })).toEqual([]);
});
