import { sql } from 'kysely';
import type { Migrations } from '#platform/server/database/migrate.ts';

/** What meets and when: series as their organisers tell them, and their occurrences made ahead. */
export const agendaMigrations: Migrations = {
  '0090-agenda': {
    up: async (db) => {
      await sql`
        create table event_series (
          id uuid primary key default gen_random_uuid(),
          slug text not null unique,
          organisation uuid not null,
          organisation_name text not null,
          insee text not null, epci text, departement text not null, region text not null,
          time_zone text not null,
          status text not null check (status in ('waiting', 'published', 'withdrawn', 'closed')),
          fields json not null,
          source text not null,
          source_ref text,
          revision integer not null default 1,
          version integer not null default 1,
          reason text,
          waiting_dates integer not null default 0,
          created_at timestamptz not null,
          changed_at timestamptz not null,
          unique (organisation, source, source_ref)
        )`.execute(db);
      await sql`create index event_series_queue on event_series (departement, changed_at)`.execute(db);
      await sql`
        create table event_occurrence (
          id integer primary key generated always as identity,
          series uuid not null references event_series (id) on delete cascade,
          slot timestamp not null,
          local_start timestamp not null,
          starts_at timestamptz not null,
          minutes integer not null check (minutes between 5 and 1440),
          status text not null default 'planned' check (status in ('planned', 'cancelled')),
          note text,
          taken integer not null default 0 check (taken >= 0),
          unique (series, slot)
        )`.execute(db);
      await sql`create index event_occurrence_starts on event_occurrence (starts_at)`.execute(db);
    },
  },
  '0091-bookings': {
    up: async (db) => {
      await sql`
        create table event_booking (
          id uuid primary key default gen_random_uuid(),
          occurrence integer not null references event_occurrence (id) on delete cascade,
          -- Order of arrival.
          rank bigint generated always as identity,
          name text not null,
          adults integer not null check (adults >= 0),
          children integer not null check (children >= 0),
          persons integer not null generated always as (adults + children) stored check (adults + children > 0),
          contact_kind text not null check (contact_kind in ('email', 'phone')),
          contact text not null,
          state text not null check (state in ('confirmed', 'waiting', 'offered', 'lapsed', 'cancelled')),
          offered_until timestamptz,
          token_hash text not null unique,
          -- Of a second secret, sent with the offer of a place.
          offer_hash text unique,
          attended boolean,
          by_organiser boolean not null default false,
          created_at timestamptz not null,
          check ((state = 'offered') = (offered_until is not null))
        )`.execute(db);
      await sql`create index event_booking_line on event_booking (occurrence, state, rank)`.execute(db);
      await sql`create index event_booking_offered on event_booking (offered_until) where state = 'offered'`.execute(
        db,
      );
    },
  },
  '0107-agenda-reports': {
    up: async (db) => {
      await sql`
        create table event_report (
          id uuid primary key default gen_random_uuid(),
          series uuid not null references event_series (id) on delete cascade,
          message text not null,
          reply_to text,
          answered_by text not null,
          created_at timestamptz not null,
          closed_at timestamptz
        )`.execute(db);
      await sql`create index event_report_waiting on event_report (series) where closed_at is null`.execute(db);
    },
  },
  '0107-agenda-to-call': {
    up: async (db) => {
      await sql`
        alter table event_booking
        add column to_call text check (to_call in ('offered', 'moved', 'closed', 'written'))`.execute(db);
      await sql`create index event_booking_to_call on event_booking (occurrence) where to_call is not null`.execute(db);
    },
  },
  '0122-agenda-told': {
    up: async (db) => {
      await sql`
        alter table event_booking
        drop constraint event_booking_to_call_check,
        add check (to_call in ('offered', 'moved', 'elsewhere', 'closed', 'restored', 'written'))`.execute(db);
    },
  },
};
