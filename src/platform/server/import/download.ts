import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ok, type Result, refuse } from '#platform/result.ts';

export interface Downloaded {
  readonly file: string;
  /** Deletes it. */
  remove(): Promise<void>;
}

export interface DownloadLimits {
  /** One gibibyte unless told: ten times the largest file that we know, FINESS. */
  readonly mostBytes?: number;
  /** Milliseconds without a byte after which we give up: 30 s unless told. */
  readonly silence?: number;
}

/** Whether a word of the command line is an address rather than a file: `https://…`, and any other scheme. */
export const isAddress = (word: string): boolean => /^[a-z][a-z0-9+.-]+:\/\//i.test(word);

/**
 * Brings a file from an http(s) address to a temporary place, whole: an import never begins on the half of a file.
 * Refuses, with a sentence, another scheme, an answer other than 200, an empty or too large file, and a server that falls
 * silent or cuts the line.
 */
export const download = async (
  address: string,
  { mostBytes = 2 ** 30, silence = 30_000 }: DownloadLimits = {},
): Promise<Result<Downloaded, string>> => {
  const url = URL.parse(address);
  if (!url || !/^https?:$/.test(url.protocol)) return refuse('L’adresse doit commencer par https:// ou http://.');
  const folder = await mkdtemp(path.join(tmpdir(), 'mille-jours-import-'));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  const file = path.join(folder, path.basename(url.pathname).replace(/[^\w.-]/g, '_') || 'file');
  const trouble = await fetchTo(url, file, mostBytes, silence).catch((error: unknown) => sentenceOf(error, silence));
  if (trouble === undefined) return ok({ file, remove });
  await remove();
  return refuse(`${url.host} : ${trouble}`);
};

const fetchTo = async (url: URL, file: string, mostBytes: number, silence: number): Promise<string | undefined> => {
  const abort = new AbortController();
  let waiting = setTimeout(() => abort.abort(), silence);
  const heard = (): void => {
    clearTimeout(waiting);
    waiting = setTimeout(() => abort.abort(), silence);
  };
  try {
    const response = await fetch(url, { signal: abort.signal });
    if (response.status !== 200 || !response.body) return `le serveur répond ${response.status}.`;
    const announced = Number(response.headers.get('content-length') ?? 0);
    if (announced > mostBytes) return tooLarge(mostBytes);
    let bytes = 0;
    const body = response.body;
    async function* bounded(): AsyncGenerator<Uint8Array> {
      for await (const chunk of body) {
        heard();
        bytes += chunk.byteLength;
        if (bytes > mostBytes) throw new TooLarge();
        yield chunk;
      }
    }
    await pipeline(bounded(), createWriteStream(file));
    return bytes === 0 ? 'le fichier est vide.' : undefined;
  } catch (error) {
    if (error instanceof TooLarge) return tooLarge(mostBytes);
    throw error;
  } finally {
    clearTimeout(waiting);
    // Lets go of the line when the file was refused before its end.
    abort.abort();
  }
};

class TooLarge extends Error {}

const tooLarge = (mostBytes: number): string =>
  `le fichier dépasse ${Math.round(mostBytes / 2 ** 20).toLocaleString('fr-FR')} Mio, il n’a pas été pris.`;

const sentenceOf = (error: unknown, silence: number): string => {
  if (error instanceof Error && error.name === 'AbortError')
    return `rien n’est venu pendant ${silence / 1_000} secondes.`;
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : '';
  return `le fichier n’a pas pu être pris en entier${cause ? ` (${cause})` : ''}.`;
};
