import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { finished } from 'node:stream/promises';
import { stringify } from 'csv-stringify/sync';
import type { ImportNote, ImportReport, NoteKind } from './importer.ts';

/** What is told during an import, written as it comes to a table that a spreadsheet opens. */
export interface ReportFile {
  readonly tell: (note: ImportNote) => void;
  /** How many notes of each kind, and the first five of them. */
  readonly told: ReadonlyMap<NoteKind, { readonly count: number; readonly first: readonly ImportNote[] }>;
  /** Ends the file and returns where it is. */
  close(): Promise<string>;
}

/** Opens the report of an import in `folder`, which is made when missing. `at` names the file. */
export const openReport = async (folder: string, source: string, at: Temporal.Instant): Promise<ReportFile> => {
  await mkdir(folder, { recursive: true });
  const moment = at.toString({ smallestUnit: 'millisecond' }).replaceAll(':', '-');
  const file = path.join(folder, `import-${source}-${moment}.csv`);
  const stream = createWriteStream(file);
  const ended = finished(stream);
  const told = new Map<NoteKind, { count: number; first: ImportNote[] }>();
  stream.write(stringify([['ligne', 'suite', 'objet', 'motif']], { bom: true, delimiter: ';', escape_formulas: true }));
  return {
    told,
    tell: (note) => {
      const before = told.get(note.kind) ?? { count: 0, first: [] };
      told.set(note.kind, {
        count: before.count + 1,
        first: before.count < 5 ? [...before.first, note] : before.first,
      });
      const row = [note.line ?? '', kinds[note.kind].word, note.subject, note.reason];
      stream.write(stringify([row], { delimiter: ';', escape_formulas: true }));
    },
    close: async () => {
      stream.end();
      await ended;
      return file;
    },
  };
};

/** The outcome of an import in a few French lines, for the terminal. At most five notes of each kind are shown. */
export const summarise = (
  { read, added, changed, unchanged, trouble }: ImportReport,
  told: ReportFile['told'],
  { dryRun }: { dryRun: boolean },
): string => {
  const verb = (one: string, conditional: string): string => (dryRun ? conditional : one);
  return [
    `${count(read, 'ligne lue', 'lignes lues')}.`,
    `${number.format(added)} ${verb('ajoutées', 'seraient ajoutées')}, ${number.format(changed)} ${verb('changées', 'seraient changées')}, ${number.format(unchanged)} déjà à jour.`,
    ...(told.has('refused') ? [] : ['Aucune ligne écartée.']),
    ...(Object.keys(kinds) as NoteKind[]).flatMap((kind) => {
      const notes = told.get(kind);
      if (!notes) return [];
      const heading = `${count(notes.count, kinds[kind].one, kinds[kind].several)} :`;
      return [heading, ...notes.first.map(shown), ...(notes.count > 5 ? ['  …'] : [])];
    }),
    ...(trouble ? [trouble] : []),
    ...(dryRun ? ['Essai : rien n’a été écrit dans la base.'] : []),
  ].join('\n');
};

const shown = ({ line, subject, reason }: ImportNote): string =>
  line === undefined ? `  ${subject} : ${reason}` : `  ligne ${line} (${subject || 'vide'}) : ${reason}`;

const kinds: Readonly<Record<NoteKind, { word: string; one: string; several: string }>> = {
  refused: { word: 'écartée', one: 'ligne écartée', several: 'lignes écartées' },
  left: { word: 'hors sujet', one: 'ligne hors de cet annuaire', several: 'lignes hors de cet annuaire' },
  remark: { word: 'à vérifier', one: 'remarque', several: 'remarques' },
  kept: { word: 'correction gardée', one: 'correction gardée', several: 'corrections gardées' },
  closed: { word: 'fermée', one: 'fiche disparue de la source', several: 'fiches disparues de la source' },
  duplicate: { word: 'doublon probable', one: 'doublon probable', several: 'doublons probables' },
};

const number = new Intl.NumberFormat('fr-FR');

const count = (value: number, one: string, several: string): string =>
  `${number.format(value)} ${value < 2 ? one : several}`;
