import { sql } from 'kysely';
import type { Migrations } from '#platform/server/database/migrate.ts';

/** Groups of parents: who animates, who waits, who meets. */
export const groupsMigrations: Migrations = {
  '0105-groups': {
    up: async (db) => {
      await sql`
        create table group_team (
          registration uuid primary key references registration (id),
          scope text not null,
          births boolean not null,
          situations text[] not null,
          words text not null,
          status text not null check (status in ('asked', 'open', 'closed')),
          insee text not null, epci text, departement text not null, region text not null,
          changed_at timestamptz not null
        )`.execute(db);
      await sql`create index on group_team (scope) where status = 'open'`.execute(db);
      await sql`
        create table birth_group (
          id uuid primary key,
          registration uuid not null references group_team (registration),
          scope text not null,
          month date not null,
          formed_at timestamptz not null
        )`.execute(db);
      await sql`create index on birth_group (registration)`.execute(db);
      await sql`
        create table group_seat (
          id uuid primary key,
          insee text not null, epci text, departement text not null,
          month date not null,
          name text not null, email text not null,
          status text not null check (status in ('asked', 'waiting', 'member', 'ended')),
          group_id uuid references birth_group (id) on delete set null,
          asked_at timestamptz not null,
          ended_at timestamptz,
          check ((status = 'ended') = (ended_at is not null)),
          check (status <> 'ended' or (name = '' and email = ''))
        )`.execute(db);
      await sql`create index on group_seat (month, epci)`.execute(db);
      await sql`create index on group_seat (departement) where status = 'waiting'`.execute(db);
      await sql`create index on group_seat (regexp_replace(email, '\\+[^@]*@', '@')) where status <> 'ended'`.execute(
        db,
      );
      await sql`create index on group_seat (group_id)`.execute(db);
      await sql`
        create table group_key (
          token_hash text primary key,
          seat uuid not null references group_seat (id) on delete cascade
        )`.execute(db);
      await sql`create index on group_key (seat)`.execute(db);
      await sql`
        create table group_message (
          id uuid primary key,
          group_id uuid not null references birth_group (id) on delete cascade,
          text text not null,
          sent_at timestamptz not null
        )`.execute(db);
      await sql`create index on group_message (group_id, sent_at)`.execute(db);
      await sql`
        create table group_report (
          id uuid primary key,
          registration uuid not null references group_team (registration),
          insee text not null,
          words text not null,
          reported_at timestamptz not null,
          settled_at timestamptz
        )`.execute(db);
      await sql`create index on group_report (registration)`.execute(db);
      await sql`
        create table group_series (
          series uuid primary key references event_series (id) on delete cascade,
          group_id uuid not null references birth_group (id) on delete cascade
        )`.execute(db);
      await sql`create index on group_series (group_id)`.execute(db);
      // A rendez-vous of a group is one of the agenda, which only that group sees.
      await sql`
        alter table event_series drop constraint event_series_status_check,
          add constraint event_series_status_check
            check (status in ('waiting', 'published', 'withdrawn', 'closed', 'reserved'))`.execute(db);
    },
  },
  '0112-group-series-stay': {
    up: async (db) => {
      // What was made for a group says so itself, and goes back to it if it was closed, then taken up again in public.
      await sql`
        update event_series set source = 'group', version = version + 1,
          status = case when status = 'published' then 'reserved' else status end
        where status = 'reserved'
          or exists (select from group_series where series = event_series.id)
          or exists (
            select from journal_event
            where stream = 'agenda/' || event_series.id and version = 1 and data ->> 'status' = 'reserved'
          )`.execute(db);
    },
  },
};
