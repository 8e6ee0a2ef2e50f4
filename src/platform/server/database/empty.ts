import { sql } from 'kysely';
import type { Database } from './database.ts';

/**
 * Removes all that the house made in a database: tables, types and functions of `public`, and the jobs (`pgboss`),
 * which speak of rows that will be there no more. Extensions stay. Dropping the schema itself would need more rights.
 */
export const emptyDatabase = async (db: Database): Promise<void> => {
  await sql`drop schema if exists pgboss cascade`.execute(db);
  for (const { kind, catalog, name, where } of things) {
    const { rows } = await sql<{ found: string }>`
      select ${sql.raw(name)} as found from ${sql.raw(catalog)} as thing
      where ${sql.raw(where)} and not exists (select from pg_depend where objid = thing.oid and deptype = 'e')`.execute(
      db,
    );
    for (const { found } of rows) await sql.raw(`drop ${kind} if exists ${found} cascade`).execute(db);
  }
};

const inPublic = (column: string): string => `${column} = 'public'::regnamespace`;
const ofKind = (kind: string): string => `${inPublic('relnamespace')} and relkind = '${kind}'`;

const things = [
  { kind: 'view', catalog: 'pg_class', name: 'oid::regclass::text', where: ofKind('v') },
  { kind: 'materialized view', catalog: 'pg_class', name: 'oid::regclass::text', where: ofKind('m') },
  { kind: 'table', catalog: 'pg_class', name: 'oid::regclass::text', where: ofKind('r') },
  { kind: 'sequence', catalog: 'pg_class', name: 'oid::regclass::text', where: ofKind('S') },
  { kind: 'routine', catalog: 'pg_proc', name: 'oid::regprocedure::text', where: inPublic('pronamespace') },
  {
    kind: 'type',
    catalog: 'pg_type',
    name: 'oid::regtype::text',
    where: `${inPublic('typnamespace')} and typtype in ('e', 'd')`,
  },
];
