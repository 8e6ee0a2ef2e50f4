import fc from 'fast-check';
import { expect, test } from 'vitest';
import { contentSchema } from './content.ts';
import { filledDimensions, type Indicator, indicatorAdvice, indicatorsAdvice, mostDimensions } from './indicators.ts';
import { readIndicators } from './read-indicators.ts';

const whole: Indicator = {
  ...{ id: 'a', axis: 3, title: 'Mères qui se disent moins seules', kind: 'outcome', population: 'Mères accueillies' },
  ...{
    baseline: 0,
    target: 60.5,
    unit: '%',
    source: 'Questionnaire',
    method: 'À l’arrivée puis à trois mois',
    due: '2022-06-30',
  },
};
const bare: Indicator = {
  ...{ id: 'b', axis: null, title: 'Ateliers', kind: null, population: '', baseline: null, target: null },
  ...{ unit: '', source: '', method: '', due: '' },
};
const ids = () => {
  const made: string[] = [];
  return () => {
    made.push('');
    return `new-${made.length}`;
  };
};
const setting = () => ({ axes: [1, 3], makeId: ids() });

const formOf = (indicators: readonly Indicator[]): FormData => {
  const form = new FormData();
  for (const [at, { due, ...one }] of indicators.entries()) {
    for (const [name, value] of Object.entries(one))
      form.set(`${name}-${at}`, value === null ? '' : String(value).replace('.', ','));
    const [year = '', month = '', day = ''] = due.split('-');
    for (const [part, value] of [
      ['jour', day],
      ['mois', month],
      ['annee', year],
    ] as const)
      form.set(`due-${at}_${part}`, value);
  }
  return form;
};

test('seven dimensions at most, none at least, and advice on each that is missing', () => {
  expect([filledDimensions(whole), filledDimensions(bare), mostDimensions]).toEqual([7, 0, 7]);
  expect(indicatorAdvice(whole)).toEqual([]);
  expect(indicatorAdvice({ ...whole, unit: '' })).toEqual(['Dites où l’on veut arriver, et dans quelle unité.']);
  expect(indicatorAdvice(bare)).toHaveLength(7);
});

test('each dimension that is filled makes one piece of advice less', () => {
  const keys = ['kind', 'population', 'baseline', 'target', 'source', 'method', 'due'] as const;
  fc.assert(
    fc.property(fc.subarray([...keys]), (some) => {
      const one = { ...bare, unit: 'familles', ...Object.fromEntries(some.map((key) => [key, whole[key]])) };
      expect(filledDimensions(one)).toBe(some.length);
      expect(indicatorAdvice(one)).toHaveLength(7 - some.length);
    }),
  );
});

test('an axis without indicator is told, and families of whom nothing is measured', () => {
  const axes = [
    { number: 1, title: 'Repérage' },
    { number: 3, title: 'Isolement' },
  ];
  expect(indicatorsAdvice([whole], axes)).toEqual(['Aucun indicateur pour l’axe 1 : Repérage.']);
  expect(indicatorsAdvice([bare], [])[0]).toContain('ce qui change pour les familles');
  expect(indicatorsAdvice([], axes)).toEqual(['Décrivez au moins un indicateur.']);
});

test('an indicator that is written again keeps its id; a new, a forged and a repeated one get their own', () => {
  const form = formOf([whole, { ...bare, id: '' }, { ...bare, id: 'of-somebody-else' }, { ...bare, id: 'a' }]);
  form.set('title-0', 'Un autre titre');
  const { content, troubles } = readIndicators(form, { indicators: [whole] }, setting());
  expect(troubles).toEqual([]);
  expect(content.indicators.map(({ id }) => id)).toEqual(['a', 'new-1', 'new-2', 'new-3']);
  expect(content.indicators[0]).toEqual({ ...whole, title: 'Un autre titre' });
  expect(contentSchema.indicators.safeParse(content).success).toBe(true);
});

test.each([
  ['axis', '2', 'axis_not_of_application'],
  ['axis', '=1', 'axis_not_of_application'],
  ['baseline', 'beaucoup', 'number_unreadable'],
  ['target', '=1+1', 'number_unreadable'],
  ['target', '1e9', 'number_unreadable'],
  ['due', '32', 'invalid_date'],
])('%s « %s » is told, and what was there stays', (name, typed, code) => {
  const form = formOf([whole]);
  form.set(name === 'due' ? 'due-0_jour' : `${name}-0`, typed);
  const { content, troubles } = readIndicators(form, { indicators: [whole] }, setting());
  expect(troubles).toMatchObject([{ code, field: `${name}-0` }]);
  expect(content.indicators).toEqual([whole]);
});

test('a line that says something without its title is told', () => {
  const form = formOf([]);
  form.set('population-2', 'Pères');
  expect(readIndicators(form, { indicators: [] }, setting())).toMatchObject({
    content: { indicators: [] },
    troubles: [{ code: 'title_missing', field: 'title-2' }],
  });
});
