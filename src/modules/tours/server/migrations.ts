import { sql } from 'kysely';
import type { Migrations } from '#platform/server/database/migrate.ts';

/** What becomes of visits, and who asked to be told. The tours themselves are the directory’s. */
export const toursMigrations: Migrations = {
  '0103-tours-followed': {
    up: async (db) => {
      await sql`
        create table tour_visit_change (
          tour integer not null,
          stop integer not null,
          was timestamp not null,
          minutes integer not null check (minutes between 1 and 1440),
          time_zone text not null,
          kind text not null check (kind in ('cancelled', 'moved', 'restored')),
          reason text not null,
          to_stop integer check ((to_stop is not null) = (kind = 'moved')),
          batch uuid not null,
          changed_at timestamptz not null,
          primary key (stop, was)
        )`.execute(db);
      await sql`create index tour_visit_change_tour on tour_visit_change (tour, was)`.execute(db);
      await sql`create index tour_visit_change_batch on tour_visit_change (batch)`.execute(db);
      await sql`
        create table tour_follow (
          id uuid primary key default gen_random_uuid(),
          email text not null,
          stop integer,
          tour integer,
          insee text,
          check ((stop is null) <> (insee is null)),
          asked_at timestamptz not null,
          confirmed_at timestamptz,
          unique nulls not distinct (email, stop, tour, insee)
        )`.execute(db);
      await sql`
        create table tour_follow_mail (
          follow uuid not null references tour_follow (id) on delete cascade,
          about text not null,
          hash text not null unique,
          primary key (follow, about)
        )`.execute(db);
    },
  },
  '0121-tours-dates': {
    up: async (db) => {
      await sql`alter table tour_visit_change add column dates integer[] not null default '{}'`.execute(db);
    },
  },
};
