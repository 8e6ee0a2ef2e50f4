import type { Refusal } from '#platform/result.ts';
import type { Context } from '#platform/server/context.ts';
import { append, readStream } from '#platform/server/journal/journal.ts';

/** Writes what happened in the journal of the series: identifiers only. */
export const note = async (
  context: Context,
  id: string,
  type: string,
  data: Readonly<Record<string, string | number>>,
): Promise<void> => {
  const stream = `agenda/${id}`;
  const version = (await readStream(context.db, stream)).length;
  const written = await append(context, stream, version, [{ type, data }]);
  // The row of the series is locked by whoever writes: nobody else may be at its journal.
  if (!written.ok) throw new Error(written.error.code);
};

/** The source of what is reserved for a group of parents: never public, whatever becomes of it. */
export const FOR_A_GROUP = 'group';

export const noSuchSeries: Refusal = {
  code: 'no_such_series',
  message: 'Ce rendez-vous n’existe pas, ou plus.',
};
