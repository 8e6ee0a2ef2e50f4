import { sql } from 'kysely';
import type { Migrations } from '../database/migrate.ts';

/** The ways into a demonstration. A base with one row here holds nothing but fictional people. */
export const demonstrationMigrations: Migrations = {
  '0088-demonstration': {
    up: async (db) => {
      await sql`
        create table demonstration_entrance (
          code text primary key,
          position integer not null,
          email text not null,
          title text not null,
          words text not null,
          leads_to text not null
        )`.execute(db);
    },
  },
};
