import { sql } from 'kysely';
import type { Migrations } from '../database/migrate.ts';

/** Counters of the forms, in the shape that rate-limiter-flexible expects. Unlogged: losing them costs nothing. */
export const rateLimitMigrations: Migrations = {
  '0004-rate-limit': {
    up: async (db) => {
      await sql`
        create unlogged table rate_limit (
          key varchar(255) primary key,
          points integer not null default 0,
          expire bigint
        )`.execute(db);
    },
  },
};
