import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { stringify } from 'csv-stringify/sync';
import type { ImportReport } from './importer.ts';

/** The outcome of an import in a few French lines, for the terminal. At most five refused lines are shown. */
export const summarise = (report: ImportReport, { dryRun }: { dryRun: boolean }): string => {
  const { read, added, changed, unchanged, refused } = report;
  const verb = (one: string, conditional: string): string => (dryRun ? conditional : one);
  return [
    `${count(read, 'ligne lue', 'lignes lues')}.`,
    `${number.format(added)} ${verb('ajoutées', 'seraient ajoutées')}, ${number.format(changed)} ${verb('changées', 'seraient changées')}, ${number.format(unchanged)} déjà à jour.`,
    refused.length === 0 ? 'Aucune ligne écartée.' : `${count(refused.length, 'ligne écartée', 'lignes écartées')} :`,
    ...refused.slice(0, 5).map(({ line, subject, reason }) => `  ligne ${line} (${subject || 'vide'}) : ${reason}`),
    ...(refused.length > 5 ? ['  …'] : []),
    ...(dryRun ? ['Essai : rien n’a été écrit dans la base.'] : []),
  ].join('\n');
};

/** Writes the refused lines as a table that a spreadsheet opens, and returns where. `at` names the file. */
export const writeReport = async (
  folder: string,
  source: string,
  at: Temporal.Instant,
  report: ImportReport,
): Promise<string> => {
  await mkdir(folder, { recursive: true });
  const moment = at.toString({ smallestUnit: 'second' }).replaceAll(':', '-');
  const file = path.join(folder, `import-${source}-${moment}.csv`);
  const rows = report.refused.map(({ line, subject, reason }) => [line, subject, reason]);
  const table = [['ligne', 'objet', 'motif'], ...rows];
  await writeFile(file, stringify(table, { bom: true, delimiter: ';', escape_formulas: true }));
  return file;
};

const number = new Intl.NumberFormat('fr-FR');

const count = (value: number, one: string, several: string): string =>
  `${number.format(value)} ${value < 2 ? one : several}`;
