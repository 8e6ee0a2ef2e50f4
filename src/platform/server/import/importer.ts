import type { Result } from '#platform/result.ts';
import type { Context } from '../context.ts';

/** A kind of file that `npm run import -- SOURCE FILE` understands. */
export interface Importer {
  /** The word on the command line: `communes`. */
  readonly source: string;
  /** What the file holds and what becomes of it, in French, on one line. */
  readonly summary: string;
  /**
   * Reads the whole file and writes what is good in it; what is not is reported line by line and keeps nothing else from
   * being written. The same file a second time changes nothing. A dry run writes nothing and reports the same.
   * Refuses, with a sentence, a file that cannot be read at all.
   */
  run(context: Context, file: string, options: { readonly dryRun: boolean }): Promise<Result<ImportReport, string>>;
}

export interface ImportReport {
  /** Rows of the file, the header left out. */
  readonly read: number;
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly refused: readonly RefusedLine[];
}

export interface RefusedLine {
  /** Line of the file, counted from 1, the header included: what an editor shows. */
  readonly line: number;
  /** What the row was about, as written in the file. */
  readonly subject: string;
  /** French, for the person who will correct the file. */
  readonly reason: string;
}
