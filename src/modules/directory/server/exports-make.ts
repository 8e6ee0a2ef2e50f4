import { createHash } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { sql } from 'kysely';
import { z } from 'zod';
import type { Context } from '#platform/server/context.ts';
import type { Database } from '#platform/server/database/database.ts';
import { defineJob, type JobKind } from '#platform/server/jobs/jobs.ts';
import type { Settings } from '#platform/server/settings.ts';
import { type ExportFile, exportFiles, publisherOf } from './exports-files.ts';
import './exports-migrations.ts';

/** How long closed records and old runs are told in the feed of changes. */
export const FEED_DAYS = 400;

/** Ten thousand million characters: far above what France has, and below what fills a disk. */
const MOST_BYTES = 10_000_000_000;

/** Fingerprints written at a time: each writing is waited for. */
const SEEN_AT_ONCE = 1_000;

/** What one must know of the job to ask for it. */
export const exportsJobKind: JobKind<Record<string, never>> = { name: 'directory.exports', data: z.strictObject({}) };

/** Makes the open files every night, and once when somebody asks for them before that. */
export const exportsJob = (settings: Pick<Settings, 'ORIGIN'>) =>
  defineJob({
    ...exportsJobKind,
    purpose: 'Écrit les fichiers ouverts de l’annuaire (data·inclusion, Open Referral)',
    every: '10 4 * * *',
    handle: async (context) => {
      await makeExports(context, settings.ORIGIN);
    },
  });

export interface MadeExports {
  readonly run: number;
  readonly files: readonly { readonly name: string; readonly records: number; readonly plainBytes: number }[];
  readonly changes: number;
}

/**
 * Writes all the files from one image of the tables, then says in one transaction which files are the ones to give and
 * which records were created, changed or closed. Nothing is told of a run that does not reach its end. Undefined when
 * another process is making them.
 */
export const makeExports = (
  context: Context,
  origin: string | undefined,
  files: readonly ExportFile[] = exportFiles,
): Promise<MadeExports | undefined> =>
  context.db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (tx) => {
      const { rows } = await sql<{ mine: boolean }>`
        select pg_try_advisory_xact_lock(hashtext('directory exports')) as mine`.execute(tx);
      if (!rows[0]?.mine) return undefined;
      await sql`truncate export_seen`.execute(context.db);
      const source = { tx, indexes: context.indexes, publisher: publisherOf(context.indexes, origin) };
      const written: WrittenFile[] = [];
      for (const file of files) written.push(await writeFile(context, file, source));
      return publish(context, written);
    });

interface WrittenFile {
  readonly name: string;
  readonly key: string;
  readonly bytes: number;
  readonly plainBytes: number;
  readonly sha256: string;
  readonly records: number;
}

/**
 * Writes one file beside the one that is being given (two keys in turn, so that a run that dies leaves nothing behind for
 * long), and the fingerprint of each record.
 */
const writeFile = async (
  { db, files }: Context,
  file: ExportFile,
  source: Parameters<ExportFile['write']>[0],
): Promise<WrittenFile> => {
  const current = await db.selectFrom('export_file').select('key').where('name', '=', file.name).executeTakeFirst();
  const key = `exports/${file.name}-${current?.key.endsWith('-a.json.gz') ? 'b' : 'a'}.json.gz`;
  const whole = createHash('sha256');
  let plainBytes = 0;
  let records = 0;
  const text = async function* (): AsyncGenerator<Buffer> {
    let record = createHash('md5');
    let between = '[';
    let seen: { id: string; fingerprint: string }[] = [];
    for await (const pieces of file.write(source)) {
      let chunk = '';
      for (const piece of pieces) {
        record.update(piece.text);
        chunk += `${between}${piece.text}`;
        between = '';
        if (piece.id === undefined) continue;
        between = ',\n';
        records += 1;
        seen.push({ id: piece.id, fingerprint: record.digest('hex') });
        record = createHash('md5');
      }
      if (seen.length >= SEEN_AT_ONCE) {
        await markSeen(db, file.name, seen);
        seen = [];
      }
      const bytes = Buffer.from(chunk);
      whole.update(bytes);
      plainBytes += bytes.length;
      yield bytes;
    }
    await markSeen(db, file.name, seen);
    const end = Buffer.from(records === 0 ? '[]\n' : ']\n');
    whole.update(end);
    plainBytes += end.length;
    yield end;
  };
  // Half the work of the usual level, for files a tenth larger.
  const gzip = createGzip({ level: 4 });
  const storing = (async () => {
    const stored = await files.put(key, gzip, { maxBytes: MOST_BYTES });
    if (!stored.ok) throw new Error(`${file.name}: ${stored.error.code}`);
    return stored.value;
  })();
  storing.catch((error: Error) => gzip.destroy(error));
  // Both are waited for: nothing may read through the transaction once it is over.
  const [stored, read] = await Promise.allSettled([storing, pipeline(text, gzip)]);
  if (stored.status === 'rejected') throw stored.reason;
  if (read.status === 'rejected') throw read.reason;
  return { name: file.name, key, bytes: stored.value.bytes, plainBytes, sha256: whole.digest('hex'), records };
};

const markSeen = async (
  db: Database,
  file: string,
  seen: readonly { readonly id: string; readonly fingerprint: string }[],
): Promise<void> => {
  if (seen.length === 0) return;
  await sql`
    insert into export_seen (file, id, fingerprint)
    select ${file}, id, decode(fingerprint, 'hex')
    from unnest(${seen.map(({ id }) => id)}::text[], ${seen.map(({ fingerprint }) => fingerprint)}::text[])
      as seen (id, fingerprint)`.execute(db);
};

/** Says what the run made: from here on it is what is given. */
const publish = (context: Context, files: readonly WrittenFile[]): Promise<MadeExports> =>
  context.db.transaction().execute(async (tx) => {
    const now = context.clock.now();
    const { rows } = await sql<{ id: number }>`
      insert into export_run (made_at) values (${now.toString()}::timestamptz) returning id`.execute(tx);
    const run = rows[0]?.id ?? 0;
    const names = files.map(({ name }) => name);
    const closed = await sql`
      update export_record set closed = true, changed_run = ${run}
      where not closed and file = any(${names}::text[]) and not exists (
        select from export_seen where export_seen.file = export_record.file and export_seen.id = export_record.id)
    `.execute(tx);
    const told = await sql`
      insert into export_record (file, id, fingerprint, created_run, changed_run)
      select file, id, fingerprint, ${run}, ${run} from export_seen
      on conflict (file, id) do update set fingerprint = excluded.fingerprint, changed_run = ${run}, closed = false,
        created_run = case when export_record.closed then ${run} else export_record.created_run end
      where export_record.closed or export_record.fingerprint <> excluded.fingerprint`.execute(tx);
    for (const file of files) {
      const before = await tx.selectFrom('export_file').selectAll().where('name', '=', file.name).executeTakeFirst();
      const { name, key, bytes, plainBytes, sha256, records } = file;
      const same = before?.sha256 === sha256;
      // The same content again keeps its date: whoever has it already is told so.
      const since = same ? before : { run, changed_at: now };
      await sql`
        insert into export_file (name, key, bytes, plain_bytes, sha256, records, run, changed_at)
        values (${name}, ${key}, ${bytes}, ${plainBytes}, ${sha256}, ${records}, ${since.run}, ${since.changed_at.toString()}::timestamptz)
        on conflict (name) do update set key = excluded.key, bytes = excluded.bytes, plain_bytes = excluded.plain_bytes,
          sha256 = excluded.sha256, records = excluded.records, run = excluded.run, changed_at = excluded.changed_at
      `.execute(tx);
    }
    await forgetOld(tx, now);
    await sql`truncate export_seen`.execute(tx);
    const changes = Number(closed.numAffectedRows ?? 0) + Number(told.numAffectedRows ?? 0);
    context.log.info({ run, changes }, 'exports made');
    return { run, files: files.map(({ name, records, plainBytes }) => ({ name, records, plainBytes })), changes };
  });

/** Forgets what was closed long ago, and the runs before, unless a file or a record still comes from them. */
const forgetOld = async (tx: Database, now: Temporal.Instant): Promise<void> => {
  const before = now.subtract({ hours: FEED_DAYS * 24 }).toString();
  await sql`
    delete from export_record using export_run
    where closed and export_run.id = changed_run and made_at < ${before}::timestamptz`.execute(tx);
  await sql`
    delete from export_run
    where made_at < ${before}::timestamptz
      and not exists (select from export_record where changed_run = export_run.id)
      and not exists (select from export_file where run = export_run.id)`.execute(tx);
};
