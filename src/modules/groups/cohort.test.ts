import fc from 'fast-check';
import { expect, test } from 'vitest';
import { gather, isFor, sizes, type Waiting } from './cohort.ts';

const month = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(`${text}-01`);
const families = (number: number, insee: string, epci: string | null, when = '2027-03'): Waiting[] =>
  Array.from({ length: number }, () => ({ month: month(when), insee, epci }));
const told = (waiting: readonly Waiting[]) =>
  gather(waiting).map(
    ({ month: when, scope, families: there }) => `${when.toString().slice(0, 7)} ${scope} ${there.length}`,
  );

test('a commune is a cohort from five families, and joins its intercommunalité below', () => {
  expect(told(families(5, '35238', '243500139'))).toEqual(['2027-03 commune:35238 5']);
  expect(told(families(4, '35238', '243500139'))).toEqual(['2027-03 epci:243500139 4']);
  expect(
    told([
      ...families(6, '35238', '243500139'),
      ...families(2, '35051', '243500139'),
      ...families(1, '35024', '243500139'),
    ]),
  ).toEqual(['2027-03 commune:35238 6', '2027-03 epci:243500139 3']);
});

test('months are never mixed; an island without intercommunalité stays alone', () => {
  expect(told([...families(3, '35238', '243500139'), ...families(2, '35238', '243500139', '2027-04')])).toEqual([
    '2027-03 epci:243500139 3',
    '2027-04 epci:243500139 2',
  ]);
  expect(told(families(2, '85113', null))).toEqual(['2027-03 commune:85113 2']);
});

test('everybody is in one cohort and one only, of their month and near them; a widened one has no commune of five', () => {
  const family = fc.record({
    month: fc.constantFrom(month('2027-02'), month('2027-03')),
    insee: fc.constantFrom('35238', '35051', '22113', '85113'),
  });
  const epcis: Readonly<Record<string, string | null>> = { 35238: '243500139', 35051: '243500139', 22113: '200065928' };
  fc.assert(
    fc.property(fc.array(family, { maxLength: 40 }), (drawn) => {
      const waiting = drawn.map((one) => ({ ...one, epci: epcis[one.insee] ?? null }));
      const cohorts = gather(waiting);
      expect(new Set(cohorts.flatMap((cohort) => cohort.families)).size).toBe(waiting.length);
      expect(cohorts.reduce((sum, cohort) => sum + cohort.families.length, 0)).toBe(waiting.length);
      for (const cohort of cohorts) {
        expect(cohort.families.every((one) => isFor(cohort, one))).toBe(true);
        if (!cohort.scope.startsWith('epci:')) continue;
        for (const same of Map.groupBy(cohort.families, ({ insee }) => insee).values())
          expect(same.length).toBeLessThan(sizes.widensBelow);
      }
    }),
  );
});
