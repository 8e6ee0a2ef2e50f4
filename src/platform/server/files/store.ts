import type { Refusal, Result } from '#platform/result.ts';

/** What a file is made of: all at once, or as it comes. */
export type FileContent = Uint8Array | AsyncIterable<Uint8Array>;

export interface StoredFile {
  readonly bytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

/** Where files are kept. What they are, whose, and of which type: the caller's rows say it. */
export interface FileStore {
  /**
   * Keeps a file under a key (see `checkKey`), in place of the one that was there. It is there whole or not at all.
   * Refuses (`file_too_large`) what goes past `maxBytes`, without reading the rest.
   */
  put(key: string, content: FileContent, limits: { readonly maxBytes: number }): Promise<Result<StoredFile>>;
  /** The file as a stream, or nothing when there is none. Whoever asks must read the stream to its end or cancel it. */
  get(key: string): Promise<{ readonly bytes: number; readonly body: ReadableStream<Uint8Array> } | undefined>;
  /** Removes a file. Nothing happens when there is none. */
  delete(key: string): Promise<void>;
}

const key = /^[a-z0-9][a-z0-9._-]{0,99}(\/[a-z0-9][a-z0-9._-]{0,99}){0,7}$/;

/**
 * Refuses (throws, a bug of the caller) a key that is not `part/part/part` of small letters, digits, `.`, `_`, `-`,
 * each part beginning with a letter or a digit: it can leave no folder, and means the same on every file system.
 */
export const checkKey = (text: string): string => {
  if (!key.test(text)) throw new Error('not a key of a file');
  return text;
};

/** The refusal of a file that is too large, in megabytes as people count them. */
export const tooLarge = (maxBytes: number): Refusal => ({
  code: 'file_too_large',
  message: `Ce fichier est trop lourd : ${(maxBytes / 1e6).toLocaleString('fr-FR', { maximumFractionDigits: 1 })} Mo au plus.`,
});
