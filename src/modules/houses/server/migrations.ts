import { sql } from 'kysely';
import type { Migrations } from '#platform/server/database/migrate.ts';

/** Maisons: who runs them, where, who receives and when. Secrets are kept as hashes. */
export const housesMigrations: Migrations = {
  '0100-houses': {
    up: async (db) => {
      await sql`
        create table house (
          id uuid primary key default gen_random_uuid(),
          registration uuid not null unique references registration (id),
          slug text not null unique,
          name text not null,
          words text not null,
          status text not null check (status in ('asked', 'open', 'closed')),
          insee text not null, epci text, departement text not null, region text not null,
          changed_at timestamptz not null
        )`.execute(db);
      await sql`
        create table house_site (
          id uuid primary key default gen_random_uuid(),
          house uuid not null references house (id) on delete cascade,
          place integer references place (id),
          service integer references service (id),
          name text not null,
          insee text not null,
          time_zone text not null,
          position smallint not null,
          closed_at timestamptz,
          unique (house, place),
          unique (house, service),
          check (num_nonnulls(place, service) = 1)
        )`.execute(db);
      await sql`create index on house_site (place)`.execute(db);
      await sql`create index on house_site (service)`.execute(db);
      await sql`
        create table house_member (
          id uuid primary key default gen_random_uuid(),
          house uuid not null references house (id) on delete cascade,
          role text not null,
          name text not null,
          position integer not null generated always as identity
        )`.execute(db);
      await sql`create index on house_member (house)`.execute(db);
      await sql`
        create table house_hours (
          id uuid primary key default gen_random_uuid(),
          house uuid not null references house (id) on delete cascade,
          site uuid not null references house_site (id),
          member uuid references house_member (id) on delete cascade,
          mode text not null check (mode in ('sur-place', 'telephone', 'visio')),
          holder text not null,
          words text not null,
          link text not null,
          fields json not null,
          minutes smallint not null check (minutes > 0),
          slots smallint not null check (slots > 0),
          ended_at timestamptz,
          created_at timestamptz not null,
          check ((member is null) = (holder <> ''))
        )`.execute(db);
      await sql`create index on house_hours (house)`.execute(db);
      await sql`create index on house_hours (site)`.execute(db);
      await sql`create index on house_hours (member)`.execute(db);
      await sql`
        create table house_absence (
          member uuid not null references house_member (id) on delete cascade,
          day date not null,
          primary key (member, day)
        )`.execute(db);
      await sql`
        create table house_appointment (
          id uuid primary key default gen_random_uuid(),
          hours uuid not null references house_hours (id) on delete cascade,
          member uuid not null references house_member (id) on delete cascade,
          local_start timestamp not null,
          starts_at timestamptz not null,
          minutes smallint not null check (minutes > 0),
          name text not null,
          contact_kind text not null check (contact_kind in ('email', 'phone')),
          contact text not null,
          state text not null check (state in ('booked', 'cancelled', 'closed')),
          came boolean,
          token_hash text not null unique,
          created_at timestamptz not null
        )`.execute(db);
      await sql`create unique index on house_appointment (member, starts_at) where state = 'booked'`.execute(db);
      await sql`create index on house_appointment (starts_at)`.execute(db);
      await sql`create index on house_appointment (hours)`.execute(db);
      await sql`
        create table house_appointment_count (
          site uuid not null references house_site (id) on delete cascade,
          month date not null,
          mode text not null,
          booked integer not null default 0,
          cancelled integer not null default 0,
          closed integer not null default 0,
          came integer not null default 0,
          absent integer not null default 0,
          primary key (site, month, mode)
        )`.execute(db);
    },
  },
};
