import { sql } from 'kysely';
import type { Migrations } from '#platform/server/database/migrate.ts';

/** Who has a part of an application open now: a row a person and a part, forgotten after a minute. */
export const writingMigrations: Migrations = {
  '0114-calls-writing': {
    up: async (db) => {
      await sql`
        create table call_application_presence (
          application uuid not null references call_application (id), part text not null,
          account uuid not null references account (id), seen_at timestamptz not null,
          primary key (application, part, account)
        )`.execute(db);
      await sql`create index on call_application_presence (account)`.execute(db);
    },
  },
};
