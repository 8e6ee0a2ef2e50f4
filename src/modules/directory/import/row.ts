import { fold } from '#platform/text.ts';

/** One row of a file, whatever its format. */
export interface Row {
  /** Line of the file on which it begins, from 1. */
  readonly line: number;
  /** Its texts by `columnKey` of the column. */
  readonly cells: ReadonlyMap<string, string>;
  /** Why it cannot be trusted, in French: it is then refused, and `cells` serves only to say what it was about. */
  readonly broken?: string;
  /** Broken for lack of an end, at the end of the file: what should follow may be missing too. */
  readonly cut?: true;
}

/**
 * The name of a column as it is compared, without regard to accents, capitals and punctuation: « N° de Téléphone » →
 * `n_de_telephone`.
 */
export const columnKey = (name: string): string => fold(name).replaceAll(' ', '_');
