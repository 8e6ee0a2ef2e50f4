import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { Busboy, type BusboyInstance } from '@fastify/busboy';
import type { Result } from '#platform/result.ts';
import { refuse } from '#platform/result.ts';
import { tooLarge } from '../files/store.ts';

/** A file of a form, as it comes: read once. `fields`: those that the form sends before it. */
export interface UploadedFile {
  readonly name: string;
  readonly fields: ReadonlyMap<string, string>;
  readonly content: AsyncIterable<Uint8Array>;
}

interface Asked {
  readonly request: Request;
  readonly platform: Readonly<App.Platform> | undefined;
}

/** What a form says around its file: names of fields, and the marks between its parts. */
const AROUND = 65_536;

/**
 * Reads a form that brings one file, without holding it in memory; `keep` does what it wants with it as it comes. The fields
 * come first in the form, the file last. Refuses at once what says that it is longer than `maxBytes`; what does not say it
 * is stopped by who keeps it. Nothing (`undefined`) for a body that is no such form or was cut, or that brings no file.
 */
export const readUpload = async <T>(
  { request, platform }: Asked,
  maxBytes: number,
  keep: (file: UploadedFile) => Promise<Result<T>>,
): Promise<Result<T> | undefined> => {
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes + AROUND) return refuse(tooLarge(maxBytes));
  const source = bodyOf(request, platform?.req);
  const form = formReader(request.headers.get('content-type') ?? '');
  return source && form ? receive(source, form, keep) : undefined;
};

/**
 * The body. Beyond the limit of all other forms (BODY_SIZE_LIMIT) SvelteKit does not read it, and gives an error in its
 * place: it is then still whole in the request of Node.
 */
const bodyOf = (request: Request, raw: IncomingMessage | undefined): Readable | undefined => {
  if (raw && raw.listenerCount('data') === 0 && !raw.readableEnded) return raw;
  return request.body ? Readable.fromWeb(request.body as import('node:stream/web').ReadableStream) : undefined;
};

const formReader = (contentType: string): BusboyInstance | undefined => {
  try {
    return new Busboy({
      headers: { 'content-type': contentType },
      limits: {
        files: 1,
        fields: 20,
        parts: 24,
        fieldNameSize: 100,
        fieldSize: 2_000,
        headerPairs: 40,
        headerSize: 8_192,
      },
    });
  } catch {
    return undefined;
  }
};

const receive = <T>(
  source: Readable,
  form: BusboyInstance,
  keep: (file: UploadedFile) => Promise<Result<T>>,
): Promise<Result<T> | undefined> =>
  new Promise((resolve, reject) => {
    const fields = new Map<string, string>();
    let file: Readable | undefined;
    let cut = false;
    /** Answers, and lets what still comes go nowhere: the answer can only be read once all was sent. */
    const answer = (result: Result<T> | undefined): void => {
      source.unpipe(form);
      source.resume();
      resolve(result);
    };
    const broken = (): void => {
      cut = true;
      file?.destroy(new Error('the form was cut'));
      if (!file) answer(undefined);
    };
    form.on('field', (name, value) => fields.set(name, value));
    form.on('file', (_field, stream, name) => {
      if (!name) {
        stream.resume();
        return;
      }
      file = stream;
      // Heard by who reads the file too.
      stream.on('error', () => {});
      keep({ name, fields, content: stream }).then(answer, (error: unknown) =>
        cut ? answer(undefined) : reject(error),
      );
    });
    form.on('finish', () => {
      if (!file) answer(undefined);
    });
    form.on('error', broken);
    source.on('error', broken);
    source.once('close', () => {
      if (!source.readableEnded) broken();
    });
    source.pipe(form);
  });
