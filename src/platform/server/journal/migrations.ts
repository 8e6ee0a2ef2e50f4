import { sql } from 'kysely';
import type { Migrations } from '../database/migrate.ts';

/**
 * The journal: events of what people must be able to account for, and checkpoints that hold the heads of the streams.
 * Rows are added, never changed: a trigger says so to honest code, and the chain of hashes finds the others.
 */
export const journalMigrations: Migrations = {
  '0001-journal': {
    up: async (db) => {
      await sql`
        create table journal_event (
          stream text not null check (stream <> ''),
          version integer not null check (version > 0),
          type text not null check (type <> ''),
          data jsonb not null,
          actor text not null,
          recorded_at timestamptz not null,
          previous_hash text not null,
          hash text not null check (length(hash) = 64),
          primary key (stream, version)
        )`.execute(db);
      await sql`
        create table journal_checkpoint (
          number integer primary key check (number > 0),
          taken_at timestamptz not null,
          heads jsonb not null,
          previous_hash text not null,
          hash text not null check (length(hash) = 64)
        )`.execute(db);
      await sql`
        create function journal_is_append_only() returns trigger language plpgsql as $$
        begin
          raise exception 'The journal is append-only: % on % is refused', tg_op, tg_table_name;
        end $$`.execute(db);
      for (const table of ['journal_event', 'journal_checkpoint']) {
        await sql`
          create trigger append_only before update or delete on ${sql.table(table)}
          for each row execute function journal_is_append_only()`.execute(db);
        await sql`
          create trigger append_only_whole before truncate on ${sql.table(table)}
          for each statement execute function journal_is_append_only()`.execute(db);
      }
    },
  },
};
