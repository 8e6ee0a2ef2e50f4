import { sql } from 'kysely';
import type { Migrations } from '#platform/server/database/migrate.ts';

/** Pages that may be one place, found by a job and decided by moderators. */
export const probableMigrations: Migrations = {
  '0086b-probable-duplicates': {
    up: async (db) => {
      await sql`
        create table probable_duplicate (
          place_a integer not null, place_b integer not null, check (place_a < place_b),
          score smallint not null, reasons text[] not null,
          insee text, epci text, departement text, region text,
          seen_at timestamptz not null,
          dismissed_at timestamptz, dismissed_by uuid references account (id),
          primary key (place_a, place_b)
        )`.execute(db);
      await sql`
        create index on probable_duplicate (departement, score desc) where dismissed_at is null`.execute(db);
    },
  },
};
