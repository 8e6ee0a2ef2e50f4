import { sql } from 'kysely';
import type { Migrations } from '#platform/server/database/migrate.ts';

/** Places that structures say free, day by day. Who published and closed them is in the journal. */
export const respiteMigrations: Migrations = {
  '0094-respite': {
    up: async (db) => {
      await sql`
        create table free_place (
          id uuid primary key,
          registration uuid not null references registration (id),
          place integer not null references place (id),
          lat double precision not null, lon double precision not null,
          day date not null,
          part text not null check (part in ('journee', 'matin', 'apres-midi', 'soir')),
          ages text[] not null,
          count smallint not null check (count > 0),
          urgent boolean not null,
          note text not null,
          published_at timestamptz not null,
          closed_at timestamptz
        )`.execute(db);
      await sql`create index on free_place (day) where closed_at is null`.execute(db);
      await sql`create index on free_place (registration)`.execute(db);
    },
  },
};
