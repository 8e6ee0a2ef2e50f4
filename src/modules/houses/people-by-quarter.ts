import { publishableTable, type Shown } from '#platform/small-numbers.ts';
import { nothing, quarterOf, quarters, type ReportPart, tooFew } from './report-part.ts';

/** People by answer and quarter, with totals; and the totals of the year before, where there are some. */
export const byQuarter = (
  title: string,
  words: string,
  labels: Words,
  lines: readonly Line[],
  before: readonly Line[],
  year: number,
): ReportPart => {
  const now = hiddenTable(lines);
  if (now.codes.length === 0) return nothing(title, year);
  if (!now.shown) return tooFew(title);
  const { shown } = now;
  const past = hiddenTable(before);
  const compared = past.shown !== undefined && past.codes.length > 0;
  const known = new Set([...now.codes, ...(compared ? past.codes : [])]);
  const cells = (table: typeof now, code: string): readonly Shown[] =>
    table.shown?.[table.codes.indexOf(code)] ?? table.shown?.[0]?.map(() => 0) ?? [];
  const row = (label: string, own: readonly Shown[], last: Shown | undefined) => ({
    label,
    cells: compared ? [...own, last ?? 0] : own,
  });
  return {
    title,
    words: compared ? words : `${words} L’année ${year - 1} n’a pas été comptée : il n’y a rien à comparer.`,
    table: {
      columns: [...quarters, `Année ${year}`, ...(compared ? [`Année ${year - 1}`] : [])],
      rows: [
        ...labels
          .filter(({ code }) => known.has(code))
          .map(({ code, label }) => row(label, cells(now, code), cells(past, code).at(-1))),
        row('Ensemble', shown.at(-1) ?? [], past.shown?.at(-1)?.at(-1)),
      ],
    },
  };
};

/**
 * People by code and quarter, as it may be shown. The codes are in the order of the alphabet, so that the same year hides
 * the same numbers in the report of the next.
 */
const hiddenTable = (lines: readonly Line[]) => {
  const some = lines.filter(({ people }) => people > 0);
  const codes = [...new Set(some.map(({ code }) => code))].sort();
  const counts = codes.map((code) =>
    quarters.map((_, quarter) => sum(some.filter((line) => line.code === code && quarterOf(line.day) === quarter))),
  );
  return { codes, shown: publishableTable(counts) };
};

const sum = (lines: readonly { readonly people: number }[]): number =>
  lines.reduce((all, { people }) => all + people, 0);

/** People of one answer on one day, or in the month that begins then. */
export interface Line {
  readonly day: Temporal.PlainDate;
  readonly code: string;
  readonly people: number;
}

/** What each answer is called. */
export type Words = readonly { readonly code: string; readonly label: string }[];
