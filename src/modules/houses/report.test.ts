import fc from 'fast-check';
import { expect, test } from 'vitest';
import { questionsWith } from './counter.ts';
import { reportParts } from './report.ts';
import { mayReport, yearsToReport } from './report-years.ts';
import type { YearFigures } from './year-figures.ts';

const day = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text);
const none: YearFigures = { counted: [], dates: [], appointments: [] };
const tap = (
  date: string,
  answer: string,
  taps: number,
  more: { question?: string; site?: string; half?: string } = {},
) => ({
  ...{ site: 'nice', day: day(date), half: 'matin', question: 'who', answer, taps },
  ...more,
});
const about = { year: 2025, questions: questionsWith([]), sites: [{ id: 'nice', name: 'Nice' }] };
const partOf = (figures: YearFigures, title: string, before = none, sites = about.sites) =>
  reportParts(figures, before, { ...about, sites }).find((part) => part.title === title);

test('arrivals of a year by quarter, the small ones hidden, with the year before beside when it was counted', () => {
  const figures = {
    ...none,
    counted: [tap('2025-02-03', 'parent', 40), tap('2025-05-05', 'parent', 60), tap('2025-05-05', 'professionnel', 3)],
  };
  expect(partOf(figures, 'Arrivées')).toEqual({
    title: 'Arrivées',
    words: 'Compté du 3 février au 5 mai, 2 jours. L’année 2024 n’a pas été comptée : il n’y a rien à comparer.',
    table: {
      columns: ['1er trimestre', '2e trimestre', '3e trimestre', '4e trimestre', 'Année 2025'],
      rows: [
        { label: 'Un parent', cells: [40, 'masked', 0, 0, 'masked'] },
        { label: 'Pour son métier', cells: [0, 'small', 0, 0, 'small'] },
        { label: 'Ensemble', cells: [40, 63, 0, 0, 103] },
      ],
    },
  });
  const before = { ...none, counted: [tap('2024-02-03', 'parent', 30), tap('2024-02-03', 'couple', 2)] };
  const compared = partOf(figures, 'Arrivées', before)?.table;
  expect(compared?.columns.at(-1)).toBe('Année 2024');
  expect(compared?.rows.map(({ label, cells }) => `${label} ${cells.at(-1)}`)).toEqual([
    'Un parent masked',
    'Un couple small',
    'Pour son métier 0',
    'Ensemble 32',
  ]);
  // And what the report of that year said then is what this one says of it.
  expect(reportParts(before, none, { ...about, year: 2024 })[0]?.table?.rows.map(({ cells }) => cells.at(-1))).toEqual([
    'masked',
    'small',
    32,
  ]);
});

test('what was not counted is said, never estimated', () => {
  for (const part of reportParts(none, none, about)) {
    expect(part.table).toBeUndefined();
    expect(part.words).toBe('Rien n’a été noté en 2025 : ce bilan n’en dit rien.');
  }
});

test('dates held are counted as they are: they are no people', () => {
  const dates = [
    { day: day('2025-03-31'), kind: 'cafe', booked: 6, came: 0 },
    { day: day('2025-04-01'), kind: 'cafe', booked: 8, came: 7 },
  ];
  expect(partOf({ ...none, dates }, 'Rendez-vous collectifs tenus')?.table?.rows[0]).toEqual({
    ...{ label: 'Café ou temps d’échange', cells: [1, 1, 0, 0, 2] },
  });
  expect(
    partOf({ ...none, dates }, 'Personnes inscrites aux rendez-vous collectifs')?.table?.rows.at(-1)?.cells,
  ).toEqual([6, 8, 0, 0, 14]);
  expect(partOf({ ...none, dates }, 'Personnes venues aux rendez-vous collectifs')?.table?.rows.at(-1)?.cells).toEqual([
    0, 7, 0, 0, 7,
  ]);
});

test('a report waits until no device can add to its year', () => {
  expect(mayReport(2025, day('2025-12-31'))).toBe(false);
  expect(mayReport(2025, day('2026-01-14'))).toBe(false);
  expect(mayReport(2025, day('2026-01-15'))).toBe(true);
  expect(yearsToReport(day('2026-01-14'))).toMatchObject({ years: [2024, 2023, 2022], next: 2025 });
  expect(yearsToReport(day('2026-11-22'))).toMatchObject({ years: [2025, 2024, 2023], next: 2026 });
  expect(yearsToReport(day('2026-11-22')).nextDay.toString()).toBe('2027-01-15');
});

test('no part shows a number of people from 1 to 4, and parts of a total are shown only when it is', () => {
  const taps = fc.record({
    taps: fc.oneof(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 60 })),
    month: fc.integer({ min: 1, max: 12 }),
    date: fc.integer({ min: 1, max: 28 }),
    site: fc.constantFrom('nice', 'grasse', 'menton'),
    half: fc.constantFrom('matin', 'apres-midi'),
    answer: fc.constantFrom('parent', 'couple', 'famille'),
  });
  const sites = ['nice', 'grasse', 'menton'].map((id) => ({ id, name: id }));
  fc.assert(
    fc.property(fc.array(taps, { maxLength: 8 }), (lines) => {
      const counted = lines.map(({ month, date, answer, taps: many, site, half }) =>
        tap(new Temporal.PlainDate(2025, month, date).toString(), answer, many, { site, half }),
      );
      const parts = reportParts({ ...none, counted }, none, { ...about, sites });
      const arrivals = parts[0]?.table?.rows.at(-1)?.cells[4];
      for (const { title, table } of parts) {
        for (const cell of table?.rows.flatMap(({ cells }) => cells) ?? [])
          if (typeof cell === 'number') expect(cell === 0 || cell >= 5).toBe(true);
        if (title.startsWith('Arrivées par')) expect(typeof arrivals).toBe('number');
      }
    }),
    { numRuns: 200 },
  );
});
