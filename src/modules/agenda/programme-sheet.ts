/** Lines of text that one sheet holds, in all its columns, and signs of one line: A4 and A3 are the same sheet, larger. */
const SHEET = { lines: 175, signs: 36 } as const;

/** What one date takes of a sheet. */
export interface SheetLine {
  readonly day: string;
  /** « de 9 h 30 à 11 h · Café des parents » */
  readonly what: string;
  /** « Salle de l’Exemple, Rennes · Caf de l’Exemple » */
  readonly where: string;
}

/** How many of these dates, in order, one printed sheet holds: a long title takes the place of two short ones. */
export const fitting = (dates: readonly SheetLine[]): number => {
  let left: number = SHEET.lines;
  let day: string | undefined;
  for (const [at, date] of dates.entries()) {
    // The name of a new day, and the space around.
    left -= (date.day === day ? 0.4 : 2.4) + linesOf(date.what) + linesOf(date.where);
    if (left < 0) return at;
    day = date.day;
  }
  return dates.length;
};

const linesOf = (text: string): number => Math.ceil(text.length / SHEET.signs);
