import { expect, test } from 'vitest';
import { day } from '#testing/families.ts';
import { rowsToReview } from './review.ts';
import type { ScheduleItem } from './schedule.ts';
import { readSchedule } from './server/index.ts';

const row = (given: Partial<ScheduleItem>): ScheduleItem => ({
  ...{ id: 'x', title: 'x', anchor: 'birth', who: 'child', kind: 'medical', level: 'offered', when: [], text: 'x' },
  ...{
    easy: 'x',
    articles: [],
    sources: [{ name: 'x' }],
    confidence: 'A',
    checked_on: '2026-11-21',
    reviewed_on: '2026-12-01',
  },
  ...given,
});

test.each<[Partial<ScheduleItem>, string, string[]]>([
  [{}, '2027-11-20', []],
  [{}, '2027-11-21', ['check_again']],
  [{ review_by: '2027-03-31' }, '2027-03-31', ['check_again']],
  [{ review_by: '2028-03-31' }, '2027-12-01', []],
  [{ checked_on: null }, '2026-11-21', ['never_checked']],
  [{ reviewed_on: null }, '2026-11-21', ['never_reviewed']],
  [{ confidence: 'C' }, '2026-11-21', ['no_text']],
  [{ valid_to: '2027-01-01' }, '2027-01-01', ['over']],
])('a row with %o, on %s: %j', (given, today, reasons) => {
  expect(rowsToReview([row(given)], day(today)).flatMap((each) => each.reasons)).toEqual(reasons);
});

test('the vaccines come back with the calendar of 2027', () => {
  const due = rowsToReview(readSchedule('content'), day('2027-04-01'));
  const again = due.filter(({ reasons }) => reasons.includes('check_again')).map(({ item }) => item.id);
  expect(again).toContain('vac-2m-hexa');
  expect(again).not.toContain('enf-exam-m2');
});
