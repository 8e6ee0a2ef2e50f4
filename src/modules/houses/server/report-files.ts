import { stringify } from 'csv-stringify/sync';
import { footers, sayer, taggedPdf } from '#platform/server/pdf/tagged-pdf.ts';
import { type Shown, shownWords } from '#platform/small-numbers.ts';
import { reportMethod } from '../report.ts';
import type { Report } from './report.ts';

/** The report of a year as a tagged PDF. `madeOn`: the day, as one says it. Read the stream, or destroy it. */
export const reportPdf = (report: Report, madeOn: string): PDFKit.PDFDocument => {
  const title = `Bilan ${report.year}, ${report.house}`;
  const doc = taggedPdf({ size: 'A4', margin: 48, title, subject: 'Activité d’une année, en nombres' });
  const whole = doc.struct('Document');
  doc.addStructure(whole);
  const say = sayer(doc, whole, 11);
  say.heading(0, title);
  say.text(`Du 1er janvier au 31 décembre ${report.year}. Établi le ${madeOn}.`);
  for (const { title: part, words, table } of report.parts) {
    // A short table stays with its title; a long one with its first lines.
    say.heading(2, part, 8 + Math.min(table?.rows.length ?? 0, 9) * 1.5);
    if (words) say.text(words);
    if (table)
      say.table(
        ['', ...table.columns],
        table.rows.map(({ label, cells }) => [label, ...cells.map(shownWords)]),
      );
  }
  say.heading(2, 'Méthode');
  for (const sentence of reportMethod) say.text(sentence);
  whole.end();
  footers(doc, madeOn, 11).then(
    () => doc.end(),
    (error: Error) => doc.destroy(error),
  );
  return doc;
};

/** The same for a spreadsheet: one line for each number, UTF-8 with a mark, semicolons, no cell that acts as a formula. */
export const reportCsv = (report: Report): string =>
  stringify(
    [
      ['maison', 'annee', 'partie', 'ligne', 'colonne', 'nombre', 'mention'],
      ...report.parts.flatMap(({ title, words, table }) =>
        table
          ? table.rows.flatMap(({ label, cells }) =>
              cells.map((cell, at) => [
                ...[report.house, report.year, title, label, table.columns[at]],
                ...numberAndWords(cell),
              ]),
            )
          : [[report.house, report.year, title, '', '', '', words]],
      ),
      ...reportMethod.map((sentence) => [report.house, report.year, 'Méthode', '', '', '', sentence]),
    ],
    { bom: true, delimiter: ';', escape_formulas: true },
  );

const numberAndWords = (shown: Shown): readonly [number | '', string] =>
  typeof shown === 'number' ? [shown, ''] : ['', shownWords(shown)];
