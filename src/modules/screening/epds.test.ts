import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assessEpds, type EpdsAnswers, type EpdsItem, epdsItems, epdsPoints, parseAnswers } from './epds.ts';
import { bandOf } from './scale.ts';

/** All ten items with the same points, but for those given. */
const answered = (points: 0 | 1 | 2 | 3, more: EpdsAnswers = {}): EpdsAnswers => ({
  ...Object.fromEntries(epdsItems.map((item) => [item, points])),
  ...more,
});

const someAnswers = fc
  .array(fc.option(fc.constantFrom(...epdsPoints), { nil: undefined }), { minLength: 10, maxLength: 10 })
  .map((points) => parseAnswers(Object.fromEntries(points.map((value, index) => [index + 1, value]))));

describe('the total', () => {
  test('goes from 0 to 30', () => {
    expect(assessEpds(answered(0))).toMatchObject({ status: 'complete', total: 0, band: 'steady', crisis: false });
    expect(assessEpds(answered(3))).toMatchObject({ status: 'complete', total: 30, band: 'soon', crisis: true });
  });

  test.each([
    [0, 'steady'],
    [8, 'steady'],
    [9, 'again'],
    [10, 'again'],
    [11, 'this-week'],
    [12, 'this-week'],
    [13, 'soon'],
    [30, 'soon'],
  ])('%i is « %s »', (total, band) => {
    expect(bandOf(total)).toBe(band);
  });
});

describe('anxiety: items 3, 4 and 5 together', () => {
  test.each([
    [{ 3: 2, 4: 2, 5: 1 }, true],
    [{ 3: 2, 4: 2, 5: 0 }, false],
    [{ 1: 3, 2: 3, 6: 3 }, false],
  ] as [EpdsAnswers, boolean][])('%o → %s', (answers, anxiety) => {
    expect(assessEpds(answered(0, answers))).toMatchObject({ anxiety });
  });
});

describe('item 10', () => {
  test.each([1, 2, 3] as const)('%i calls for help, even under every threshold', (item10) => {
    expect(assessEpds(answered(0, { 10: item10 }))).toMatchObject({ crisis: true, item10, band: 'steady' });
  });

  test('is evaluated when nothing else is answered', () => {
    expect(assessEpds({ 10: 1 })).toMatchObject({ crisis: true, status: 'incomplete' });
  });

  test('stays, whatever is corrected afterwards', () => {
    fc.assert(
      fc.property(
        someAnswers,
        fc.constantFrom(...epdsItems.slice(0, 9)),
        fc.constantFrom(...epdsPoints),
        (before, item, points) => {
          return assessEpds({ ...before, [item]: points }).crisis === assessEpds(before).crisis;
        },
      ),
    );
  });
});

describe('a missing answer', () => {
  test('is never a 0: no total, no band', () => {
    const { 7: _, ...withoutSeven } = answered(0);
    const assessment = assessEpds(withoutSeven);
    expect(assessment).toEqual({ crisis: false, item10: 0, status: 'incomplete', missing: [7] });
  });

  test('nothing answered is not « I am well »', () => {
    expect(assessEpds({})).toEqual({ crisis: false, item10: undefined, status: 'incomplete', missing: [...epdsItems] });
  });

  test('is named, and the rest is complete only when none is missing', () => {
    fc.assert(
      fc.property(someAnswers, (answers) => {
        const absent = epdsItems.filter((item) => answers[item] === undefined);
        const assessment = assessEpds(answers);
        return assessment.status === 'complete'
          ? absent.length === 0
          : JSON.stringify(assessment.missing) === JSON.stringify(absent);
      }),
    );
  });
});

describe('answers read from elsewhere', () => {
  test.each([
    [undefined, {}],
    ['10', {}],
    [[3, 3, 3], { 1: 3, 2: 3 }],
    [{ 1: '2', 2: 4, 3: -1, 4: 1.5, 5: null, 6: 2, 11: 3 }, { 6: 2 }],
  ])('%o → %o', (given, answers) => {
    expect(parseAnswers(given)).toEqual(answers);
  });

  test('come back as they were', () => {
    fc.assert(
      fc.property(someAnswers, (answers) => {
        expect(parseAnswers(JSON.parse(JSON.stringify(answers)))).toEqual(answers);
      }),
    );
  });
});

test('an item number is one of ten', () => {
  const item: EpdsItem = 10;
  // @ts-expect-error there is no item 11
  const none: EpdsItem = 11;
  expect(item).not.toBe(none);
});
