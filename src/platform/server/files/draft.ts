import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { ok, type Result, refuse } from '#platform/result.ts';
import { type FileContent, type StoredFile, tooLarge } from './store.ts';

export interface Draft extends StoredFile {
  /** Where it is, on disk for good. Whoever asked for it moves it or removes it. */
  readonly path: string;
}

/** Writes a content in a file of its own, measured and flushed to the disk. Removes it when it is refused or fails. */
export const writeDraft = async (folder: string, content: FileContent, maxBytes: number): Promise<Result<Draft>> => {
  await mkdir(folder, { recursive: true });
  const draft = path.join(folder, `${randomUUID()}.partial`);
  const hash = createHash('sha256');
  let bytes = 0;
  const file = await open(draft, 'wx', 0o600);
  try {
    for await (const part of content instanceof Uint8Array ? [content] : content) {
      bytes += part.byteLength;
      if (bytes > maxBytes) {
        await rm(draft);
        return refuse(tooLarge(maxBytes));
      }
      hash.update(part);
      await file.writeFile(part);
    }
    await file.sync();
    return ok({ path: draft, bytes, sha256: hash.digest('hex') });
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  } finally {
    await file.close();
  }
};

/** Removes what a death left half written more than a day ago. */
export const removeOldDrafts = async (folder: string): Promise<void> => {
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter((found) => found.endsWith('.partial'))) {
    const draft = path.join(folder, name);
    const written = await stat(draft).catch(() => undefined);
    if (written && Date.now() - written.mtimeMs > 86_400_000) await rm(draft, { force: true });
  }
};
