import { sql } from 'kysely';
import type { Migrations } from '#platform/server/database/migrate.ts';

/** Who asks to be called back, and who calls. */
export const callbackMigrations: Migrations = {
  '0084-callback': {
    up: async (db) => {
      await sql`
        create table callback_team (
          id uuid primary key default gen_random_uuid(),
          organisation uuid not null,
          name text not null,
          territory text not null,
          days json not null,
          from_hour integer not null, to_hour integer not null,
          languages json not null,
          sentence text not null,
          appointed_by uuid references account (id),
          appointed_at timestamptz not null,
          ended_at timestamptz,
          check (0 <= from_hour and from_hour < to_hour and to_hour <= 24)
        )`.execute(db);
      await sql`
        create unique index callback_team_living on callback_team (organisation, territory) where ended_at is null
      `.execute(db);
      await sql`
        create table callback_request (
          id uuid primary key default gen_random_uuid(),
          team uuid not null references callback_team (id),
          key_hash text not null unique,
          phone text,
          slot_day date not null, slot_from integer not null, slot_to integer not null,
          presentation text not null,
          no_message boolean not null,
          status text not null default 'waiting' check (status in ('waiting', 'taken', 'closed', 'cancelled')),
          created_at timestamptz not null,
          warned_at timestamptz,
          taken_at timestamptz, taken_by uuid references account (id),
          closed_at timestamptz,
          outcome text check (outcome in ('spoken', 'nobody', 'wrong', 'refused')),
          check ((status = 'cancelled') = (phone is null)),
          check (status <> 'cancelled' or presentation = ''),
          check ((status in ('closed', 'cancelled')) = (closed_at is not null)),
          check ((status = 'taken') <= (taken_by is not null and taken_at is not null))
        )`.execute(db);
      await sql`create index on callback_request (team, created_at)`.execute(db);
      await sql`create index on callback_request (created_at) where status = 'waiting'`.execute(db);
    },
  },
};
