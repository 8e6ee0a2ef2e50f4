import { mkdir, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { ok } from '#platform/result.ts';
import { removeOldDrafts, writeDraft } from './draft.ts';
import { checkKey, type FileStore } from './store.ts';

/** Files in a folder of this machine. A file appears under its name only once it is whole and on the disk. */
export const openFolder = (root: string): FileStore => {
  const drafts = path.join(root, '.drafts');
  const cleaned = removeOldDrafts(drafts);
  const pathOf = (key: string): string => path.join(root, ...checkKey(key).split('/'));
  return {
    put: async (key, content, { maxBytes }) => {
      const target = pathOf(key);
      await cleaned;
      const draft = await writeDraft(drafts, content, maxBytes);
      if (!draft.ok) return draft;
      await mkdir(path.dirname(target), { recursive: true });
      await rename(draft.value.path, target);
      await syncFolder(path.dirname(target));
      return ok({ bytes: draft.value.bytes, sha256: draft.value.sha256 });
    },
    get: async (key) => {
      const file = await open(pathOf(key)).catch(unlessMissing);
      if (!file) return undefined;
      const { size } = await file.stat();
      return { bytes: size, body: Readable.toWeb(file.createReadStream()) as ReadableStream<Uint8Array> };
    },
    delete: (key) => rm(pathOf(key), { force: true }),
  };
};

/** The name of a new file is on the disk only once its folder is. */
const syncFolder = async (folder: string): Promise<void> => {
  const opened = await open(folder);
  try {
    await opened.sync();
  } finally {
    await opened.close();
  }
};

const unlessMissing = (error: NodeJS.ErrnoException): undefined => {
  if (error.code !== 'ENOENT') throw error;
};
