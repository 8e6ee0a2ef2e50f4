import { sql } from 'kysely';
import type { Migrations } from '#platform/server/database/migrate.ts';

/** What the ministry read of what came to it. */
export const nationalMigrations: Migrations = {
  '0130-calls-national-reading': {
    up: async (db) => {
      await sql`
        create table call_national_reading (
          account uuid not null references account (id), edition text not null, read_until timestamptz not null,
          primary key (account, edition)
        )`.execute(db);
    },
  },
};
