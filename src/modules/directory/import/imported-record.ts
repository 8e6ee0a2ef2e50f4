import type { DirectoryRecord, FieldsOf } from '../model.ts';
import type { Row } from './row.ts';

/** Where a place or a stop is, as a file tells it and before anything of it is believed. */
export interface Located<Fields> {
  readonly ref: string;
  readonly fields: Fields;
  /** Name of the commune as written, « RENNES CEDEX 7 »: only `insee` is kept in the tables. */
  readonly city?: string;
  /** The file says itself that its coordinates may be wrong: an address that is found takes their place. */
  readonly doubtful?: boolean;
}

/** What a line of a file becomes: a record of the directory whose addresses are still to be placed. */
export interface ImportedRecord extends DirectoryRecord {
  readonly place?: Located<FieldsOf['place']>;
  readonly stops?: readonly Located<FieldsOf['tour_stop']>[];
}

/** What was made of one line of a file. `line` is counted from 1, as an editor shows it. */
export type ReadLine =
  | {
      readonly outcome: 'record';
      readonly line: number;
      /** What the line is about, as people would name it. */
      readonly subject: string;
      readonly record: ImportedRecord;
      /** What was left out or understood otherwise, in French, for who keeps the file. */
      readonly remarks: readonly string[];
    }
  | {
      readonly outcome: 'refused';
      readonly line: number;
      readonly subject: string;
      /** French, for who keeps the file. */
      readonly reason: string;
      /** When it can be read all the same: what it names has not disappeared from the source. */
      readonly ref?: string;
      /** It is the last of the file, and cut: what should follow may be missing too. */
      readonly cut?: true;
    }
  /** A line that is well written and not for this directory: a retirement home of FINESS. */
  | { readonly outcome: 'left'; readonly line: number };

/** Reads one row. */
export type ReadRow = (row: Row) => ReadLine;
