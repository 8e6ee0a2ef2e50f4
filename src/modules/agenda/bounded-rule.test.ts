import { expect, test } from 'vitest';
import { boundedRule, endedRule } from './bounded-rule.ts';

const first = '2026-11-24T09:00';
const codeOf = (rule: string): string => {
  const read = boundedRule(rule, first);
  return read.ok ? read.value : read.error.code;
};

test.each([
  ['FREQ=WEEKLY;BYDAY=TU', 'rule_endless'],
  ['FREQ=DAILY;COUNT=1000000', 'rule_too_many'],
  ['FREQ=DAILY;COUNT=99999999999999999999', 'rule_too_many'],
  ['FREQ=DAILY;UNTIL=20991231', 'rule_too_long'],
  ['FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR,SA,SU;UNTIL=20291124T000000Z', 'rule_too_many'],
  ['FREQ=WEEKLY;UNTIL=20251231', 'rule_ends_before'],
  ['FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;UNTIL=20291101', 'rule_never'],
  ['FREQ=SECONDLY;COUNT=10', 'rule_unreadable'],
  ['FREQ=WEEKLY;BYDAY=ZZ;COUNT=3', 'rule_unreadable'],
  ['n’importe quoi', 'rule_unreadable'],
  ['', 'rule_unreadable'],
])('refuses %s: %s', (rule, code) => {
  expect(codeOf(rule)).toBe(code);
});

test('takes a rule with an end, however its parts are ordered', () => {
  expect(codeOf('RRULE:BYDAY=TU;UNTIL=20270630T220000Z;FREQ=WEEKLY;WKST=MO')).toBe(
    'FREQ=WEEKLY;BYDAY=TU;UNTIL=20270630T220000Z',
  );
  expect(codeOf('FREQ=MONTHLY;BYDAY=-1FR;COUNT=12')).toBe('FREQ=MONTHLY;BYDAY=-1FR;COUNT=12');
});

test('an endless rule can be given an end', () => {
  expect(codeOf(endedRule('FREQ=WEEKLY;BYDAY=TU', first, 12))).toBe('FREQ=WEEKLY;BYDAY=TU;UNTIL=20271124T235959Z');
});
