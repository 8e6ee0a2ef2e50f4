import { openAsBlob } from 'node:fs';
import { rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { AwsClient } from 'aws4fetch';
import { ok } from '#platform/result.ts';
import { writeDraft } from './draft.ts';
import { checkKey, type FileStore } from './store.ts';

export interface S3Options {
  /** Address of the bucket, path style: `https://s3.example/bucket`. */
  readonly url: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Folder of this machine where a file is written before it is sent: S3 wants to know its size and hash first. */
  readonly draftsFolder: string;
  /** How long to wait for the beginning of an answer, and how many times to ask. */
  readonly patience?: { readonly milliseconds: number; readonly tries: number };
}

/** Files in a bucket that speaks S3 (signature version 4), reached through its path. */
export const openS3 = (options: S3Options): FileStore => {
  const { region, accessKeyId, secretAccessKey, patience = { milliseconds: 60_000, tries: 4 } } = options;
  // Its own tries do not cover a connection that fails or hangs: ours do.
  const client = new AwsClient({ accessKeyId, secretAccessKey, region, service: 's3', retries: 0 });

  const ask = async (method: string, key: string, init: RequestInit = {}): Promise<Response> => {
    const address = `${options.url.replace(/\/$/, '')}/${checkKey(key)}`;
    for (let number = 1; ; number += 1) {
      const last = number >= patience.tries;
      try {
        const response = await withinPatience(patience.milliseconds, (signal) =>
          client.fetch(address, { ...init, method, signal }),
        );
        if (last || (response.status < 500 && response.status !== 429)) return response;
        await response.body?.cancel();
      } catch (error) {
        if (last) throw new Error('the file store does not answer', { cause: error });
      }
      await sleep(100 * 2 ** number);
    }
  };

  return {
    put: async (key, content, { maxBytes }) => {
      checkKey(key);
      const draft = await writeDraft(options.draftsFolder, content, maxBytes);
      if (!draft.ok) return draft;
      const { path, bytes, sha256 } = draft.value;
      try {
        const body = await openAsBlob(path, { type: 'application/octet-stream' });
        await expectSuccess(await ask('PUT', key, { body, headers: { 'x-amz-content-sha256': sha256 } }));
        return ok({ bytes, sha256 });
      } finally {
        await rm(path, { force: true });
      }
    },
    get: async (key) => {
      const response = await ask('GET', key);
      if (response.status === 404) {
        await response.body?.cancel();
        return undefined;
      }
      if (!response.ok || !response.body) await expectSuccess(response);
      return { bytes: Number(response.headers.get('content-length')), body: response.body ?? new ReadableStream() };
    },
    delete: async (key) => {
      const response = await ask('DELETE', key);
      if (response.status !== 404) await expectSuccess(response);
    },
  };
};

/** The patience is for the beginning of the answer: a long file may take the time it takes. */
const withinPatience = async <T>(milliseconds: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> => {
  const control = new AbortController();
  const timer = setTimeout(() => control.abort(), milliseconds);
  try {
    return await work(control.signal);
  } finally {
    clearTimeout(timer);
  }
};

const expectSuccess = async (response: Response): Promise<void> => {
  const said = /<Code>(\w+)<\/Code>/.exec(await response.text().catch(() => ''))?.[1];
  if (!response.ok) throw new Error(`the file store answered ${response.status} ${said ?? ''}`.trim());
};
