import { createHash } from 'node:crypto';
import { contentDir, readContent } from '#platform/server/content.ts';
import type { Database } from '#platform/server/database/database.ts';
import { canonical } from '#platform/server/journal/chain.ts';
import { type Frame, frameId, frameSchema } from '../frame.ts';
import './tables.ts';

/**
 * Reads the national frames of a content folder, by edition then version. Throws for a file that cannot be read, or whose
 * name is not that of its edition and version.
 */
export const readFrames = (directory: string): readonly Frame[] =>
  readContent(directory, 'calls', frameSchema)
    .map(({ slug, value }) => {
      if (slug !== frameId(value)) throw new Error(`content/calls/${slug}.yaml: its frame is ${frameId(value)}`);
      return value;
    })
    .toSorted((a, b) => (a.edition === b.edition ? a.version - b.version : a.edition < b.edition ? -1 : 1));

let read: readonly Frame[] | undefined;
/** Every frame, read once. */
const frames = (): readonly Frame[] => {
  read ??= readFrames(contentDir());
  return read;
};

/** The last version of the last edition: what a new declaration and a new call follow. */
export const currentFrame = (): Frame => {
  const last = frames().at(-1);
  if (!last) throw new Error('content/calls holds no frame');
  return last;
};

/** The last version of an edition. */
export const frameOfEdition = (edition: string): Frame | undefined =>
  frames().findLast((frame) => frame.edition === edition);

/** The versions of an edition, from the first. */
export const versionsOf = (edition: string): readonly number[] =>
  frames()
    .filter((frame) => frame.edition === edition)
    .map(({ version }) => version);

/** The frame that an address names: an edition, in its last version or in the one that is asked for. */
export const publishedFrame = (edition: string, version: string | null): Frame | undefined =>
  version === null
    ? frameOfEdition(edition)
    : frames().find((frame) => frame.edition === edition && String(frame.version) === version);

/** The frame that a call was opened under: that version, for ever. */
export const frameOf = ({ edition, version }: Pick<Frame, 'edition' | 'version'>): Frame => {
  const found = frames().find((frame) => frame.edition === edition && frame.version === version);
  if (!found) throw new Error(`the frame ${frameId({ edition, version })} is missing from content/calls`);
  return found;
};

/** Every edition, the last first. */
export const editions = (): readonly string[] => [...new Set(frames().map(({ edition }) => edition))].toReversed();

/** SHA-256 of what a frame says, whatever its file’s layout and remarks. */
export const hashOfFrame = (frame: Frame): string => createHash('sha256').update(canonical(frame)).digest('hex');

/**
 * Writes down each frame the first time that it is seen; they are then the frames in force. Throws, at the start of the
 * site, when one that was published has changed or is gone: a correction is a new version.
 */
export const recordFrames = async (db: Database, directory: string): Promise<void> => {
  const found = readFrames(directory);
  const written = found.map((frame) => ({ ...frame, sha256: hashOfFrame(frame) }));
  if (written.length > 0) {
    await db
      .insertInto('call_frame')
      .values(written.map(({ edition, version, sha256 }) => ({ edition, version, sha256 })))
      .onConflict((known) => known.columns(['edition', 'version']).doNothing())
      .execute();
  }
  for (const known of await db.selectFrom('call_frame').select(['edition', 'version', 'sha256']).execute()) {
    const now = written.find(({ edition, version }) => edition === known.edition && version === known.version);
    if (now?.sha256 !== known.sha256) {
      throw new Error(
        `content/calls/${frameId(known)}.yaml : ce cadre a été publié, il ne change plus. Corrigez-le par une nouvelle version.`,
      );
    }
  }
  read = found;
};
