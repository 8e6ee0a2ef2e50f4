import { sql } from 'kysely';
import type { Migrations } from '#platform/server/database/migrate.ts';

/** Solidarity baby-sitting: who runs it, who helps, who asks. Tokens are kept as hashes. */
export const sittingMigrations: Migrations = {
  '0095-sitting': {
    up: async (db) => {
      await sql`
        create table sitting_team (
          registration uuid primary key references registration (id),
          scope text not null,
          words text not null,
          status text not null check (status in ('asked', 'open', 'closed')),
          insee text not null, epci text, departement text not null, region text not null,
          changed_at timestamptz not null
        )`.execute(db);
      await sql`create index on sitting_team (scope) where status = 'open'`.execute(db);
      await sql`
        create table sitting_volunteer (
          id uuid primary key,
          registration uuid not null references registration (id),
          name text not null, email text not null, phone text not null,
          added_at timestamptz not null,
          unique (registration, email)
        )`.execute(db);
      await sql`
        create table sitting_request (
          id uuid primary key,
          registration uuid not null references registration (id),
          insee text not null, day date not null, part text not null,
          children smallint not null, ages text[] not null,
          name text not null, email text not null, phone text not null,
          status text not null,
          volunteer uuid references sitting_volunteer (id) on delete set null,
          asked_at timestamptz not null
        )`.execute(db);
      await sql`create index on sitting_request (registration, day)`.execute(db);
      await sql`create index on sitting_request (day)`.execute(db);
      await sql`
        create table sitting_key (
          token_hash text primary key,
          request uuid references sitting_request (id) on delete cascade,
          volunteer uuid references sitting_volunteer (id) on delete cascade,
          check (request is not null or volunteer is not null)
        )`.execute(db);
      await sql`create index on sitting_key (request)`.execute(db);
      await sql`create index on sitting_key (volunteer)`.execute(db);
    },
  },
  '0122-sitting-report': {
    up: async (db) => {
      await sql`
        create table sitting_report (
          id uuid primary key,
          registration uuid not null references sitting_team (registration),
          insee text not null,
          words text not null,
          reported_at timestamptz not null,
          settled_at timestamptz
        )`.execute(db);
      await sql`create index on sitting_report (registration)`.execute(db);
      // One mailbox, however labelled, asks a few times: they are counted.
      await sql`
        create index on sitting_request (registration, regexp_replace(email, '\\+[^@]*@', '@')) where status <> 'closed'`.execute(
        db,
      );
    },
  },
};
