import type { Result } from '#platform/result.ts';
import { ok, refuse } from '#platform/result.ts';
import { sumOf } from './sum.ts';

/** The name of the format, first in the file: whoever opens it knows what it is. */
const FORMAT = 'mille-jours-parcours';

/** What is needed to open a sealed file, but the passphrase. */
export interface SealedText {
  readonly salt: string;
  readonly nonce: string;
  readonly data: string;
}

/** A file is the document, or the document sealed with a passphrase. */
export type ExportFile = { readonly kept: string } | { readonly sealed: SealedText };

/** The text of the file. The sum tells a damaged file from a whole one. */
export const exportFileToText = (file: ExportFile): string =>
  JSON.stringify({ format: FORMAT, ...file, sum: sumOf(bodyOf(file)) }, null, 1);

/** Reads a file. Refuses, with a sentence, what is not one or is not whole. */
export const readExportFile = (text: string): Result<ExportFile> => {
  const given = parse(text);
  if (!given || given.format !== FORMAT) return refuse(notOurs);
  const file: ExportFile | undefined =
    typeof given.kept === 'string'
      ? { kept: given.kept }
      : isSealed(given.sealed)
        ? { sealed: given.sealed }
        : undefined;
  return file && given.sum === sumOf(bodyOf(file)) ? ok(file) : refuse(damaged);
};

const bodyOf = (file: ExportFile): string =>
  'kept' in file ? file.kept : `${file.sealed.salt}.${file.sealed.nonce}.${file.sealed.data}`;

const isSealed = (given: unknown): given is SealedText =>
  typeof given === 'object' &&
  given !== null &&
  ['salt', 'nonce', 'data'].every((key) => typeof (given as Record<string, unknown>)[key] === 'string');

const parse = (text: string): Record<string, unknown> | undefined => {
  try {
    const given: unknown = JSON.parse(text);
    return typeof given === 'object' && given !== null ? (given as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
};

const notOurs = {
  code: 'not_a_path',
  message:
    'Ce fichier n’est pas un parcours de Mille jours. Choisissez le fichier que vous avez enregistré depuis « Garder une copie ».',
};

const damaged = {
  code: 'damaged_file',
  message:
    'Ce fichier est abîmé : il en manque un morceau. Essayez une autre copie. Ce qui est sur cet appareil n’a pas changé.',
};
