import { sql } from 'kysely';
import type { Migrations } from '#platform/server/database/migrate.ts';

/** What is asked to be completed, what lists search by, and a lock on what was deposited. */
export const instructionMigrations: Migrations = {
  '0116-calls-instruction': {
    up: async (db) => {
      await sql`
        create table call_completion (
          id uuid primary key, application uuid not null references call_application (id),
          parts text[] not null, reason text not null, due timestamptz not null,
          asked_by uuid not null references account (id), asked_at timestamptz not null, answered_at timestamptz
        )`.execute(db);
      await sql`create index on call_completion (application, asked_at)`.execute(db);
      await sql`create index on call_completion (asked_by)`.execute(db);
      await sql`
        create table call_closing (
          call uuid primary key references call (id), closes_at timestamptz not null, told_at timestamptz not null
        )`.execute(db);
      await sql`
        alter table call_application
          add column legal_form text not null default '', add column words text not null default ''`.execute(db);
      // I-8: not even a mistake of ours changes what was deposited. The journal holds its hash besides.
      await sql`
        create function call_snapshot_stays() returns trigger language plpgsql as $$
        begin
          raise exception 'A snapshot never changes: % is refused', tg_op;
        end $$`.execute(db);
      await sql`
        create trigger stays before update on call_snapshot
        for each row execute function call_snapshot_stays()`.execute(db);
    },
  },
  '0125-calls-completions': {
    up: async (db) => {
      await sql`alter table call_completion add column cancelled_at timestamptz`.execute(db);
    },
  },
};
