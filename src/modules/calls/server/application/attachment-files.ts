import type { Context } from '#platform/server/context.ts';
import './attachment-tables.ts';

/** What names the bytes of an attachment. */
export interface AttachmentKey {
  readonly id: string;
  readonly application: string;
  readonly slices: readonly number[];
}

/** Where the whole file is. */
export const fileKey = ({ application, id }: Pick<AttachmentKey, 'id' | 'application'>): string =>
  `calls/${application}/${id}`;

/** Where a slice is, by where it begins in the file. */
export const sliceKey = (file: Pick<AttachmentKey, 'id' | 'application'>, offset: number): string =>
  `${fileKey(file)}.part-${offset}`;

/** The slices one after the other, each read when its turn comes. */
export async function* sliced({ files }: Pick<Context, 'files'>, file: AttachmentKey): AsyncGenerator<Uint8Array> {
  for (const offset of offsetsOf(file)) {
    const slice = await files.get(sliceKey(file, offset));
    if (!slice) throw new Error('a slice of an attachment is missing');
    yield* slice.body;
  }
}

/** Removes the bytes of an attachment, whole or in slices. Nothing happens when they are gone. */
export const removeBytes = async ({ files }: Pick<Context, 'files'>, file: AttachmentKey): Promise<void> => {
  await removeSlices({ files }, file);
  await files.delete(fileKey(file));
};

/** Removes the slices once they are put together; the row names them until they are gone, so that a death leaves none. */
export const forgetSlices = async (context: Pick<Context, 'files' | 'db'>, file: AttachmentKey): Promise<void> => {
  await removeSlices(context, file);
  await context.db.updateTable('call_attachment').set({ slices: [] }).where('id', '=', file.id).execute();
};

const removeSlices = async ({ files }: Pick<Context, 'files'>, file: AttachmentKey): Promise<void> => {
  for (const offset of offsetsOf(file)) await files.delete(sliceKey(file, offset));
  // One may have been put whole before a death, and not been counted.
  await files.delete(sliceKey(file, receivedOf(file)));
};

/** How many bytes came so far. */
export const receivedOf = ({ slices }: Pick<AttachmentKey, 'slices'>): number =>
  slices.reduce((all, length) => all + length, 0);

const offsetsOf = ({ slices }: AttachmentKey): readonly number[] =>
  slices.map((_, at) => receivedOf({ slices: slices.slice(0, at) }));
