import { z } from 'zod';
import type { Context } from '#platform/server/context.ts';
import { defineJob, type JobDefinition, type JobKind } from '#platform/server/jobs/jobs.ts';
import type { Scanner } from '#platform/server/scan/scanner.ts';
import { fileKey, removeBytes } from './attachment-files.ts';
import './attachment-tables.ts';

/** One file to be read by the scanner. */
export const scanAttachment: JobKind<{ attachment: string }> = {
  name: 'calls.scan',
  data: z.object({ attachment: z.uuid() }),
};

/** What looks for viruses in what came. While the scanner does not answer the file waits, and cannot be downloaded. */
export const scanAttachmentJob = (scanner: Scanner | undefined): JobDefinition<{ attachment: string }> =>
  defineJob({
    ...scanAttachment,
    purpose: 'Fait lire par l’antivirus un fichier joint à une candidature',
    retries: 20,
    handle: async (context, { attachment }) => {
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
      await context.db
        .updateTable('call_attachment')
        .set({ status: infected ? 'refused' : 'kept', scan: found })
        .where('id', '=', row.id)
        .where('status', '=', 'scanning')
        .execute();
      if (infected) await removeBytes(context, row);
    },
  });

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
