import { sql } from 'kysely';
import type { Migrations } from '#platform/server/database/migrate.ts';

/** What a Maison counts and lends: its welcome desk, its partners, its rooms, who came to its agenda. */
export const counterMigrations: Migrations = {
  '0101-houses-counter': {
    up: async (db) => {
      await sql`
        create table house_tap (
          key uuid primary key,
          site uuid not null references house_site (id) on delete cascade,
          day date not null,
          half text not null check (half in ('matin', 'apres-midi')),
          question text not null,
          answer text not null,
          undone boolean not null default false
        )`.execute(db);
      await sql`create index on house_tap (day)`.execute(db);
      await sql`create index on house_tap (site)`.execute(db);
      await sql`
        create table house_count (
          site uuid not null references house_site (id) on delete cascade,
          day date not null,
          half text not null check (half in ('matin', 'apres-midi')),
          question text not null,
          answer text not null,
          taps integer not null check (taps >= 0),
          primary key (site, day, half, question, answer)
        )`.execute(db);
      await sql`
        create table house_partner (
          id uuid primary key default gen_random_uuid(),
          house uuid not null references house (id) on delete cascade,
          name text not null,
          registration uuid references registration (id) on delete set null,
          ended_at timestamptz
        )`.execute(db);
      await sql`create index on house_partner (house)`.execute(db);
      await sql`create index on house_partner (registration)`.execute(db);
      await sql`
        create table house_room (
          id integer primary key generated always as identity,
          site uuid not null references house_site (id) on delete cascade,
          name text not null,
          seats smallint not null check (seats > 0),
          closed_at timestamptz
        )`.execute(db);
      await sql`create index on house_room (site)`.execute(db);
      await sql`
        create table house_room_use (
          id uuid primary key default gen_random_uuid(),
          room integer not null references house_room (id) on delete cascade,
          local_start timestamp not null,
          starts_at timestamptz not null,
          ends_at timestamptz not null check (ends_at > starts_at),
          purpose text not null check (purpose in ('permanence', 'atelier', 'rendez-vous', 'reunion', 'autre')),
          holder text not null,
          booked_by uuid not null references registration (id),
          batch uuid not null,
          -- Never two at once. As a range, a room needs no extension to be compared beside a time.
          constraint house_room_once
            exclude using gist (int4range(room, room, '[]') with &&, tstzrange(starts_at, ends_at) with &&)
        )`.execute(db);
      await sql`create index on house_room_use (room, starts_at)`.execute(db);
      await sql`create index on house_room_use (booked_by)`.execute(db);
      await sql`
        create table house_date_count (
          occurrence integer primary key,
          house uuid not null references house (id) on delete cascade,
          day date not null,
          kind text not null,
          booked integer not null,
          came integer not null,
          absent integer not null
        )`.execute(db);
      await sql`create index on house_date_count (house, day)`.execute(db);
    },
  },
};
