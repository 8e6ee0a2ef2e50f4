import { describe, expect, test } from 'vitest';
import { words } from './conditions.ts';
import { toConfirm } from './schedule.ts';
import { scheduleFile } from './schedule-schema.ts';
import { readSchedule } from './server/index.ts';

const schedule = readSchedule('content');
const row = (id: string) => {
  const found = schedule.find((item) => item.id === id);
  if (!found) throw new Error(`no row ${id}`);
  return found;
};

describe('what the texts say', () => {
  test('13 examinations from birth to three years, and none « before the end of the first month »', () => {
    const exams = schedule.filter(({ id }) => id.startsWith('enf-exam-') && id !== 'enf-exam-a4');
    expect(exams.map(({ from, until }) => `${from}/${until}`)).toEqual([
      ...['P0D/P9D', 'P7D/P14D', 'P1M/P2M', 'P2M/P3M', 'P3M/P4M', 'P4M/P5M', 'P5M/P6M', 'P8M/P9M'],
      ...['P11M/P12M', 'P12M/P13M', 'P16M/P19M', 'P23M/P25M', 'P24M/P36M'],
    ]);
  });

  test('the first postnatal interview is in weeks 4 to 8, the second in weeks 10 to 14', () => {
    expect(row('pp-epnp')).toMatchObject({ from: 'P4W', until: 'P8W' });
    expect(row('pp-epnp-2')).toMatchObject({ from: 'P10W', until: 'P14W' });
  });

  test('« during the 9th month » is the age of 8 completed months', () => {
    expect(row('enf-exam-m9')).toMatchObject({ from: 'P8M', until: 'P9M' });
  });

  test('seven appointments follow the pregnancy', () => {
    expect(schedule.filter(({ id }) => /^gro-exam-/.test(id))).toHaveLength(7);
  });

  test('the three key moments and the two peaks stand out', () => {
    const of = (moment: string) => schedule.filter((item) => item.moment === moment).map(({ id }) => id);
    expect(of('prenatal-interview')).toEqual(['gro-epp']);
    expect(of('maternity')).toEqual(['mat-sejour']);
    expect(of('return-home')).toEqual(['gro-prado', 'pp-visites', 'pp-epnp']);
    expect(of('peak')).toEqual(['pp-semaine5', 'pp-semaine12']);
  });
});

describe('every row', () => {
  test('speaks the closed vocabulary of conditions, of which every word is used', () => {
    const used = schedule.flatMap(({ when }) => when.flat()).filter((word) => typeof word === 'string');
    expect([...new Set(used)].sort()).toEqual(Object.keys(words).sort());
  });

  test('keeps its place: 142 of the reference, one split at birth, four before conception', () => {
    expect(schedule).toHaveLength(147);
  });

  test.each(schedule.map((item) => [item.id, item] as const))('%s is written for people', (_, item) => {
    for (const text of [item.title, item.official ?? '', item.text, item.easy, item.cost ?? '']) {
      expect(text).not.toMatch(/ [:;?!»%]|« |'/);
      expect(text).not.toMatch(/\bmaman|\bpapa\b/i);
    }
    expect(item.sources.length).toBeGreaterThan(0);
  });

  test('nothing after a loss is ever reminded of', () => {
    expect(schedule.filter(({ anchor, reminder }) => anchor === 'loss' && reminder)).toEqual([]);
  });

  test('what nobody compared with a text, and what rests on none, is to be confirmed', () => {
    expect(toConfirm({ confidence: 'A', checked_on: null, reviewed_on: null })).toBe(true);
    expect(toConfirm({ confidence: 'A', checked_on: null, reviewed_on: '2027-01-01' })).toBe(false);
    expect(toConfirm({ confidence: 'C', checked_on: '2026-11-21', reviewed_on: '2026-11-21' })).toBe(true);
    expect(toConfirm({ confidence: 'B', checked_on: '2026-11-21', reviewed_on: null })).toBe(false);
    expect(schedule.filter(toConfirm).length).toBeGreaterThan(30);
  });
});

describe('a row that does not hold is refused', () => {
  const good = {
    ...{ id: 'x', title: 'Un rendez-vous', anchor: 'birth', from: 'P1M', until: 'P2M', who: 'child', kind: 'medical' },
    ...{
      level: 'offered',
      text: 'Un texte.',
      articles: ['vaccins'],
      easy: 'Un texte.',
      sources: [{ name: 'Loi' }],
      confidence: 'A',
    },
    ...{ checked_on: null, reviewed_on: null },
  };
  test('the model itself passes', () => expect(scheduleFile.safeParse([good]).success).toBe(true));
  test.each([
    ['an unknown word', { when: 'salaried' }],
    ['a duration in years', { from: 'P1Y' }],
    ['a duration of nothing', { from: 'P' }],
    [
      'a long sentence in the easy text',
      { easy: 'un deux trois quatre cinq six sept huit neuf dix onze douze treize.' },
    ],
    ['a right said as a duty', { kind: 'rights', text: 'Vous devez prendre ce congé.' }],
    ['a reminder after a loss', { anchor: 'loss', reminder: 'start-P7D' }],
    ['no source', { sources: [] }],
    ['a window without anchor', { anchor: 'project' }],
    ['a key that does not exist', { color: 'red' }],
    ['a day that does not exist', { checked_on: '2026-02-30' }],
  ])('%s', (_, wrong) => {
    expect(scheduleFile.safeParse([{ ...good, ...wrong }]).success).toBe(false);
  });
});
