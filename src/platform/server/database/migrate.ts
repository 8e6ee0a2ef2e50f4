import { type Migration, Migrator } from 'kysely/migration';
import type { Database } from './database.ts';

/** Name → migration. Names sort in the order they run: `0003-initiatives`. A published one never changes. */
export type Migrations = Readonly<Record<string, Migration>>;

const migrator = (db: Database, migrations: Migrations) =>
  new Migrator({ db, provider: { getMigrations: async () => ({ ...migrations }) } });

/**
 * Brings the schema to the newest migration, or to `level` (the name of the last one to run).
 * Safe when several processes start together: one works, the others wait and find nothing to do.
 * Returns the names of what was run; throws when a migration fails, with that migration rolled back.
 */
export const migrate = async (db: Database, migrations: Migrations, level?: string): Promise<string[]> => {
  const { error, results } =
    level === undefined
      ? await migrator(db, migrations).migrateToLatest()
      : await migrator(db, migrations).migrateTo(level);
  if (error) throw error;
  return (results ?? []).filter((result) => result.status === 'Success').map((result) => result.migrationName);
};

/** The name of the last migration that ran on this database, if any. */
export const migrationLevel = async (db: Database, migrations: Migrations): Promise<string | undefined> =>
  (await migrator(db, migrations).getMigrations()).filter((migration) => migration.executedAt !== undefined).at(-1)
    ?.name;
