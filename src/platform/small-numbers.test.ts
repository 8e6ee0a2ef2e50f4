import fc from 'fast-check';
import { expect, test } from 'vitest';
import { publishableParts, publishableTable, type Shown, shownWords } from './small-numbers.ts';

const S = 'small';
const M = 'masked';

test.each<[string, number[][], Shown[][]]>([
  [
    'nothing is small: all is shown, with its totals',
    [[10, 20]],
    [
      [10, 20, 30],
      [10, 20, 30],
    ],
  ],
  [
    'nobody is not a secret',
    [[0, 12]],
    [
      [0, 12, 12],
      [0, 12, 12],
    ],
  ],
  [
    'one small number alone takes its totals with it',
    [[3]],
    [
      [S, S],
      [S, S],
    ],
  ],
  [
    'a small number among others takes one of each line that it is in',
    [
      [2, 30],
      [40, 50],
    ],
    [
      [S, M, 32],
      [M, M, 90],
      [42, 80, 122],
    ],
  ],
  [
    'two small numbers that can only be 4 and 4 do not show their sum',
    [[4, 4]],
    [
      [S, S, M],
      [S, S, M],
    ],
  ],
])('%s', (_, counts, shown) => {
  expect(publishableTable(counts)).toEqual(shown);
});

test.each<[string, number[], Shown[] | undefined]>([
  ['a small part takes the smallest of the others', [3, 50, 40], [S, 50, M]],
  ['two small parts hide each other', [3, 4, 40], [S, S, 40]],
  ['unless they can only be 4 and 4', [4, 4, 40], [S, S, M]],
  ['nothing of parts that their total would tell', [4, 4], undefined],
])('the parts of a total that is known: %s', (_, counts, shown) => {
  expect(publishableParts(counts)).toEqual(shown);
});

test('a year of a house loses little: twelve kinds of people in four quarters', () => {
  const counts = Array.from({ length: 12 }, (_, i) =>
    Array.from({ length: 4 }, (_, j) => (i === 5 && j === 1 ? 3 : 40 + i + j)),
  );
  const hidden = publishableTable(counts)
    ?.flat()
    .filter((shown) => typeof shown === 'string');
  expect(hidden).toHaveLength(4);
});

/** Tables by hand, without the network: the hidden numbers moved by one at most, all combinations. */
const otherTables = (counts: readonly (readonly number[])[], shown: readonly (readonly Shown[])[]): number[][][] => {
  const cells = counts.flat();
  const columns = counts[0]?.length ?? 0;
  const fits = (value: number, mark: Shown | undefined): boolean =>
    mark === S ? value >= 1 && value <= 4 : mark === M ? value >= 5 : value === mark;
  const inner = shown.slice(0, -1).flatMap((row) => row.slice(0, -1));
  let tables: number[][] = [[]];
  for (const [at, value] of cells.entries()) {
    const may = [value - 1, value, value + 1].filter((other) => fits(other, inner[at]));
    tables = tables.flatMap((begun) => may.map((other) => [...begun, other]));
  }
  return tables
    .map((flat) => withTotals(counts.map((_, i) => flat.slice(i * columns, (i + 1) * columns))))
    .filter((table) => table.every((row, i) => row.every((value, j) => fits(value, shown[i]?.[j]))));
};

const withTotals = (counts: readonly (readonly number[])[]): number[][] => {
  const rows = counts.map((row) => [...row, row.reduce((sum, one) => sum + one, 0)]);
  const last = (rows[0] ?? []).map((_, j) => rows.reduce((sum, row) => sum + (row[j] ?? 0), 0));
  return [...rows, last];
};

const tables = fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })).chain(([rows, columns]) =>
  fc.array(
    fc.array(fc.oneof(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 30 })), {
      ...{ minLength: columns, maxLength: columns },
    }),
    { minLength: rows, maxLength: rows },
  ),
);

test('what is shown is true, no small number is, and no hidden number can be deduced from the rest', () => {
  fc.assert(
    fc.property(tables, (counts) => {
      const shown = publishableTable(counts);
      if (!shown) return;
      const truth = withTotals(counts);
      for (const [i, row] of truth.entries())
        for (const [j, value] of row.entries()) {
          const mark = shown[i]?.[j];
          if (typeof mark === 'number') expect(mark).toBe(value);
          expect(mark === S).toBe(value > 0 && value < 5);
          if (mark === M) expect(value).toBeGreaterThanOrEqual(5);
        }
      const others = otherTables(counts, shown);
      for (const [i, row] of shown.entries())
        for (const [j, mark] of row.entries())
          if (typeof mark === 'string') expect(new Set(others.map((table) => table[i]?.[j])).size).toBeGreaterThan(1);
    }),
    { numRuns: 300 },
  );
});

test('there is always a way to publish something', () => {
  fc.assert(
    fc.property(tables, (counts) => publishableTable(counts) !== undefined),
    { numRuns: 300 },
  );
});

test.each<[Shown, string]>([
  [S, 'moins de 5'],
  [M, 'non montré'],
  [0, '0'],
  [1250, '1\u202f250'],
])('%s is said « %s »', (shown, words) => {
  expect(shownWords(shown)).toBe(words);
});
