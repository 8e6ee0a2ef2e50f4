import type { Shown } from '#platform/small-numbers.ts';

/** One part of a report. Without a table, its sentence says why. */
export interface ReportPart {
  readonly title: string;
  readonly words: string;
  readonly table?: ReportTable;
}

interface ReportTable {
  readonly columns: readonly string[];
  readonly rows: readonly { readonly label: string; readonly cells: readonly Shown[] }[];
}

/** The quarters of a year, as columns. */
export const quarters = ['1er trimestre', '2e trimestre', '3e trimestre', '4e trimestre'];

/** The quarter of a day, the first of the year being 0. */
export const quarterOf = ({ month }: Temporal.PlainDate): number => Math.floor((month - 1) / 3);

/** The part of what nobody noted. */
export const nothing = (title: string, year: number): ReportPart => ({
  title,
  words: `Rien n’a été noté en ${year} : ce bilan n’en dit rien.`,
});

/** The part of what so few did that no number of it is shown. */
export const tooFew = (title: string): ReportPart => ({
  title,
  words: 'Trop peu de personnes pour que ces nombres soient montrés.',
});
