import { createWriteStream } from 'node:fs';
import { access, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { sql } from 'kysely';
import type pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import type { Clock } from '#platform/clock.ts';
import { ok, type Result, refuse } from '#platform/result.ts';
import { type BackupHeader, type BackupTable, backupBytes } from './backup-format.ts';
import type { Database } from './database.ts';
import { inOneConnection } from './one-connection.ts';

export interface BackupSummary {
  readonly tables: number;
  readonly rows: number;
}

/**
 * Writes all the tables as they are at one instant into `file`, while the site goes on. The file appears under its name
 * once it is whole and on the disk, readable by its owner only. Refuses, with a sentence, to write over a file.
 */
export const writeBackup = async (url: string, file: string, clock: Clock): Promise<Result<BackupSummary, string>> => {
  if (await exists(file)) return refuse(`Le fichier ${file} existe déjà. Donnez un autre nom, ou déplacez-le.`);
  const draft = `${file}.partial`;
  try {
    const summary = await inOneConnection(
      url,
      async (db, client) => {
        // One instant for all the tables: the snapshot is taken by the first reading.
        const head = await describe(db, clock);
        let rows = 0;
        const bytes = backupBytes(head, async function* (table) {
          const copied = yield* copyOut(client, table);
          rows += copied;
          return copied;
        });
        await pipeline(bytes, createGzip(), createWriteStream(draft, { mode: 0o600, flush: true }));
        return { tables: head.tables.length, rows };
      },
      'repeatable read',
    );
    await rename(draft, file);
    await flushFolder(path.dirname(file));
    return ok(summary);
  } catch (error) {
    await rm(draft, { force: true });
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOSPC') return refuse(`Le disque est plein : la sauvegarde ${file} n’a pas été écrite.`);
    if (code === 'ENOENT' || code === 'EACCES' || code === 'ENOTDIR') {
      return refuse(`Le dossier ${path.dirname(file)} n’existe pas ou ne peut pas être écrit.`);
    }
    throw error;
  }
};

const exists = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );

/** What a backup holds: the ordinary tables of the schema `public`. Not the jobs (`pgboss`), nor unlogged counters. */
const describe = async (db: Database, clock: Clock): Promise<BackupHeader> => {
  const { rows: migrations } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
  const { rows: tables } = await sql<BackupTable>`
    select class.relname as name, array_agg(attname::text order by attnum) as columns
    from pg_class as class join pg_attribute on attrelid = class.oid
    where class.relnamespace = 'public'::regnamespace and relkind = 'r' and relpersistence = 'p'
      and relname not like 'kysely\_migration%' and attnum > 0 and not attisdropped and attgenerated = ''
      and not exists (select from pg_depend where objid = class.oid and deptype = 'e')
    group by class.relname order by class.relname`.execute(db);
  // After the snapshot: a sequence is then at or past every row that the snapshot sees.
  const { rows: sequences } = await sql<{ name: string; value: number }>`
    select sequencename as name, last_value as value from pg_sequences
    where schemaname = 'public' and last_value is not null order by 1`.execute(db);
  return {
    ...{ format: 'mille-jours-backup', version: 1, madeAt: clock.now().round('second').toString() },
    ...{ migrations: migrations.map(({ name }) => name), tables, sequences },
  };
};

async function* copyOut(client: pg.Client, { name, columns }: BackupTable): AsyncGenerator<Buffer, number> {
  const list = columns.map((column) => client.escapeIdentifier(column)).join(', ');
  const stream = client.query(copyTo(`copy public.${client.escapeIdentifier(name)} (${list}) to stdout`));
  for await (const chunk of stream) yield chunk as Buffer;
  return stream.rowCount;
}

/** The name of a new file is on the disk only once its folder is. */
const flushFolder = async (folder: string): Promise<void> => {
  const opened = await open(folder);
  await opened.sync().finally(() => opened.close());
};
