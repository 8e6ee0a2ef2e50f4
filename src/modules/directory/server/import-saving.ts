import { type Context, inTransaction } from '#platform/server/context.ts';
import type { ImportOptions } from '#platform/server/import/importer.ts';
import type { GatheredDuplicates } from './import-duplicates.ts';
import type { PlacedLine } from './import-lines.ts';
import { type Saved, saveRecords } from './save.ts';
import { type Source, saveSource } from './sources.ts';

interface Saving {
  readonly source: Source;
  /** The source, and the day of its data. */
  readonly origin: { readonly source: string; readonly on: string };
  readonly dryRun: boolean;
  readonly duplicates: GatheredDuplicates;
  readonly tell: NonNullable<ImportOptions['tell']>;
}

/** How many times a batch that stood in another's way is tried. */
const MOST_TRIES = 4;

/**
 * Saves the records; when the database refuses one of them, each half apart, down to the one, so that it costs its line
 * only. In a dry run everything is done, then undone.
 */
export const saveApart = async (
  context: Context,
  how: Saving,
  lines: readonly PlacedLine[],
  tries = 1,
): Promise<Saved[]> => {
  if (lines.length === 0) return [];
  const { source, origin, dryRun, duplicates, tell } = how;
  const records = lines.map(({ record }) => record);
  let saved: Saved | undefined;
  try {
    await inTransaction(context, async (inside) => {
      if (dryRun) await saveSource(inside.db, source);
      saved = await saveRecords(inside, { source: origin.source, on: origin.on }, records);
      if (!dryRun) return;
      // Now or never: what they may be the same as is only seen while they are there.
      await duplicates.look(
        inside.db,
        records.flatMap(({ place }) => place?.ref ?? []),
      );
      throw new Undone();
    });
  } catch (error) {
    if (error instanceof Undone) return saved ? [saved] : [];
    if (isCollision(error) && tries < MOST_TRIES) return saveApart(context, how, lines, tries + 1);
    if (!isAboutData(error)) throw error;
    if (lines.length > 1) {
      const half = Math.ceil(lines.length / 2);
      const first = await saveApart(context, how, lines.slice(0, half));
      return [...first, ...(await saveApart(context, how, lines.slice(half)))];
    }
    const [{ line, subject } = { line: 0, subject: '' }] = lines;
    context.log.warn({ code: error.code, line }, 'a line was refused by the database');
    tell({ kind: 'refused', line, subject, reason: 'une valeur n’a pas pu être écrite telle quelle' });
  }
  return saved ? [saved] : [];
};

class Undone extends Error {}

/** Classes 22 (data) and 23 (constraints) of PostgreSQL's codes: a value is at fault, not the house. */
const isAboutData = (error: unknown): error is { code: string } =>
  typeof error === 'object' && error !== null && 'code' in error && /^2[23]/.test(String(error.code));

/** Class 40: two transactions stood in each other's way, and this one was undone. */
const isCollision = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && /^40/.test(String(error.code));
