import { z } from 'zod';
import { type Context, inTransaction } from '#platform/server/context.ts';
import { type AnyJob, defineJob, type JobKind } from '#platform/server/jobs/jobs.ts';
import type { Scanner } from '#platform/server/scan/scanner.ts';
import type { Settings } from '#platform/server/settings.ts';
import { fileKey, removeBytes } from './attachment-files.ts';
import { tellInfected } from './tell-infected.ts';
import './attachment-tables.ts';

/** Hours after which a file that still waits for the scanner is given to it again. */
const WAITED = 1;

/** One file to be read by the scanner. */
export const scanAttachment: JobKind<{ attachment: string }> = {
  name: 'calls.scan',
  data: z.object({ attachment: z.uuid() }),
};

/** What looks for viruses in what came. While the scanner does not answer the file waits, and cannot be downloaded. */
export const scanAttachmentJobs = (
  scanner: Scanner | undefined,
  { ORIGIN }: Pick<Settings, 'ORIGIN'>,
): readonly AnyJob[] => [
  defineJob({
    ...scanAttachment,
    purpose: 'Fait lire par l’antivirus un fichier joint à une candidature',
    retries: 20,
    handle: (context, { attachment }) => readOne(context, scanner, attachment, ORIGIN),
  }),
  defineJob({
    name: 'calls.scan-again',
    data: z.object({}),
    purpose: 'Redonne à l’antivirus les fichiers joints qui l’attendent depuis plus d’une heure',
    every: '47 * * * *',
    handle: async ({ db, jobs, clock }) => {
      const waiting = await db
        .selectFrom('call_attachment')
        .select('id')
        .where('status', '=', 'scanning')
        .where('added_at', '<=', clock.now().subtract({ hours: WAITED }))
        .orderBy('id')
        .execute();
      for (const { id } of waiting) await jobs.enqueue(scanAttachment, { attachment: id }, { key: id });
    },
  }),
];

const readOne = async (
  context: Context,
  scanner: Scanner | undefined,
  attachment: string,
  origin: string | undefined,
): Promise<void> => {
  const row = await context.db
    .selectFrom('call_attachment')
    .select(['id', 'application', 'slices'])
    .where('id', '=', attachment)
    .where('status', '=', 'scanning')
    .executeTakeFirst();
  if (!row) return;
  const found = scanner ? await scanned(context, scanner, row) : 'none';
  const infected = found !== 'clean' && found !== 'none';
  // The row first: bytes that are gone would otherwise be looked for again.
  await inTransaction(context, async (inside) => {
    const { numUpdatedRows } = await inside.db
      .updateTable('call_attachment')
      .set({ status: infected ? 'refused' : 'kept', scan: found })
      .where('id', '=', row.id)
      .where('status', '=', 'scanning')
      .executeTakeFirst();
    if (infected && numUpdatedRows > 0n) await tellInfected(inside, row, origin);
  });
  if (infected) await removeBytes(context, row);
};

/** `clean`, or the name of what was found. Throws to be tried again. */
const scanned = async (
  { files }: Pick<Context, 'files'>,
  scanner: Scanner,
  row: { readonly id: string; readonly application: string },
): Promise<string> => {
  const file = await files.get(fileKey(row));
  if (!file) throw new Error('the bytes of an attachment are missing');
  const scan = await scanner.scan(file.body);
  if (scan.state === 'unavailable') throw new Error('the scanner does not answer');
  return scan.state === 'clean' ? 'clean' : scan.name || 'unnamed';
};
