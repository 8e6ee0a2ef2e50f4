import type { Result } from '#platform/result.ts';
import type { Context } from '../context.ts';

/** A kind of file that `npm run import -- SOURCE FILE` understands. */
export interface Importer {
  /** The word on the command line: `communes`. */
  readonly source: string;
  /** What the file holds and what becomes of it, in French, on one line. */
  readonly summary: string;
  /** Whether a mapping says what its columns hold. `optional`: it may say who publishes the file. */
  readonly mapping?: 'needed' | 'optional';
  /**
   * Reads the whole file and writes what is good in it; what is not is told line by line and keeps nothing else from
   * being written. The same file a second time changes nothing. A dry run writes nothing and tells the same.
   * Refuses, with a sentence, a file that cannot be read at all.
   */
  run(context: Context, file: string, options: ImportOptions): Promise<Result<ImportReport, string>>;
}

export interface ImportOptions {
  readonly dryRun: boolean;
  /** File that says what the columns hold. */
  readonly mapping?: string;
  /** Closes what disappeared even when it is a large share of what the source held. */
  readonly confirm?: boolean;
  /** Receives what has to be said of a line, as it is met. */
  readonly tell?: (note: ImportNote) => void;
  /** Receives a sentence of progress from time to time. */
  readonly say?: (sentence: string) => void;
}

export interface ImportReport {
  /** Rows of the file, the header left out. */
  readonly read: number;
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  /** What the person at the terminal has to decide or repair, in French: the command then ends with 1. */
  readonly trouble?: string;
}

/**
 * What became of a line. `refused`: nothing of it was kept. `left`: not for this directory. `remark`: kept, but something
 * of it was not. `kept`: a person's correction was kept against it. `closed`: it disappeared from the source.
 * `duplicate`: perhaps the same as one of another source.
 */
export type NoteKind = 'refused' | 'left' | 'remark' | 'kept' | 'closed' | 'duplicate';

export interface ImportNote {
  readonly kind: NoteKind;
  /** Line of the file, counted from 1, the header included: what an editor shows. None for what is no longer in it. */
  readonly line?: number;
  /** What the row was about, as written in the file. */
  readonly subject: string;
  /** French, for the person who will correct the file. */
  readonly reason: string;
}
