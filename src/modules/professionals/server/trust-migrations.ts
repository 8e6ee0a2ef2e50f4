import { sql } from 'kysely';
import type { Migrations } from '#platform/server/database/migrate.ts';

/** Trust is given for a territory, by who moderates it; what was given before holds everywhere. Both choices have a reason. */
export const trustMigrations: Migrations = {
  '0089-trust': {
    up: async (db) => {
      await sql`alter table trusted_editor add column territory text not null default 'france'`.execute(db);
      await sql`alter table trusted_editor add column reason uuid references moderation_reason (id)`.execute(db);
      await sql`alter table trusted_editor drop constraint trusted_editor_pkey`.execute(db);
      await sql`alter table trusted_editor add primary key (account, territory)`.execute(db);
      await sql`alter table moderation_policy add column reason uuid references moderation_reason (id)`.execute(db);
    },
  },
};
