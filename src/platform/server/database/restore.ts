import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { ok, type Result, refuse } from '#platform/result.ts';
import { type BackupHeader, DamagedBackup, readBackup } from './backup-format.ts';
import type { Database } from './database.ts';
import { emptyDatabase } from './empty.ts';
import { type Migrations, migrate } from './migrate.ts';
import { inOneConnection } from './one-connection.ts';

export interface RestoreOptions {
  readonly url: string;
  readonly file: string;
  readonly migrations: Migrations;
  /** Removes what the database holds first. Without it, a database that holds a row is refused. */
  readonly replace?: boolean;
}

export interface RestoreSummary {
  readonly madeAt: string;
  readonly tables: number;
  readonly rows: number;
  /** Migrations run on the restored data, because this code is newer than the backup. */
  readonly migrated: readonly string[];
}

/**
 * Puts a backup back: checks the whole file, makes the schema as it was then, copies the rows, then migrates on to the
 * newest schema. One transaction: when anything is wrong, a sentence is returned and nothing was changed.
 */
export const restoreBackup = async (options: RestoreOptions): Promise<Result<RestoreSummary, string>> => {
  const { url, file, migrations, replace = false } = options;
  try {
    const head = await checkBackup(file);
    const unknown = head.migrations.filter((name) => !(name in migrations));
    if (unknown.length > 0) {
      return refuse(
        `Cette sauvegarde vient d’une version plus récente du logiciel (elle connaît ${unknown.join(', ')}). ` +
          'Mettez d’abord le logiciel à jour. Rien n’a été modifié.',
      );
    }
    return await inOneConnection(url, async (db, client) => {
      const obstacle = (await somebodyElse(db)) ?? (replace ? undefined : await alreadyThere(db));
      if (obstacle) return refuse(`${obstacle} Rien n’a été modifié.`);
      await emptyDatabase(db);
      await migrate(db, only(migrations, head.migrations));
      const rows = await copyIn(db, client, file);
      const migrated = await migrate(db, migrations);
      await sql`analyze`.execute(db);
      return ok({ madeAt: head.madeAt, tables: head.tables.length, rows, migrated });
    });
  } catch (error) {
    if (error instanceof DamagedBackup) return refuse(`${error.message} Rien n’a été modifié.`);
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return refuse(`Le fichier ${file} n’existe pas.`);
    throw error;
  }
};

/** Reads a whole backup without doing anything of it. Throws `DamagedBackup`. */
const checkBackup = (file: string): Promise<BackupHeader> =>
  readBackup(file, async (_table, frames) => {
    for await (const _frame of frames);
    return undefined;
  });

const only = (migrations: Migrations, names: readonly string[]): Migrations =>
  Object.fromEntries(Object.entries(migrations).filter(([name]) => names.includes(name)));

const somebodyElse = async (db: Database): Promise<string | undefined> => {
  // Two seconds, for a connection that is closing.
  for (let tries = 0; tries < 20; tries += 1) {
    await sql`select pg_stat_clear_snapshot()`.execute(db);
    const { rows } = await sql`
      select from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid() and application_name like 'mille-jours%'`.execute(
      db,
    );
    if (rows.length === 0) return undefined;
    await sleep(100);
  }
  return 'Le site, ou une autre commande, se sert de cette base : arrêtez-le d’abord.';
};

const alreadyThere = async (db: Database): Promise<string | undefined> => {
  const { rows: tables } = await sql<{ name: string }>`
    select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'
      and relname not like 'kysely\_migration%' order by 1`.execute(db);
  const inhabited: string[] = [];
  for (const { name } of tables) {
    const { rows } = await sql`select from ${sql.id('public', name)} limit 1`.execute(db);
    if (rows.length > 0) inhabited.push(name);
  }
  return inhabited.length > 0
    ? `Cette base contient déjà des données (${inhabited.join(', ')}). Pour les effacer et les remplacer par la sauvegarde, ajoutez --replace.`
    : undefined;
};

/**
 * Copies the rows of all tables. Foreign keys are put aside meanwhile and checked again at the end, so that tables come
 * in any order; triggers keep quiet, because what they do was done when the rows were first written.
 */
const copyIn = async (db: Database, client: pg.Client, file: string): Promise<number> => {
  const { rows: keys } = await sql<{ table: string; name: string; definition: string }>`
    select conrelid::regclass::text as table, quote_ident(conname) as name, pg_get_constraintdef(oid) as definition
    from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace`.execute(db);
  for (const { table, name } of keys) await sql.raw(`alter table ${table} drop constraint ${name}`).execute(db);
  let rows = 0;
  const { tables, sequences } = await readBackup(file, async ({ name, columns }, frames) => {
    const table = `public.${client.escapeIdentifier(name)}`;
    const list = columns.map((column) => client.escapeIdentifier(column)).join(', ');
    await sql.raw(`alter table ${table} disable trigger user`).execute(db);
    // What a migration put in the table is in the backup too, as it was then.
    await sql.raw(`delete from ${table}`).execute(db);
    const copied = client.query(copyFrom(`copy ${table} (${list}) from stdin`));
    await pipeline(Readable.from(frames), copied);
    rows += copied.rowCount;
    return copied.rowCount;
  });
  for (const { name } of tables) await sql`alter table ${sql.id('public', name)} enable trigger user`.execute(db);
  for (const { table, name, definition } of keys) {
    await sql.raw(`alter table ${table} add constraint ${name} ${definition}`).execute(db);
  }
  for (const { name, value } of sequences) {
    await sql`select setval(${client.escapeIdentifier(name)}::regclass, ${value})`.execute(db);
  }
  return rows;
};
