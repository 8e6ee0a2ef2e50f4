import { sql } from 'kysely';
import type { Migrations } from '#platform/server/database/migrate.ts';

/** Files joined to applications. */
export const attachmentMigrations: Migrations = {
  '0115-calls-attachments': {
    up: async (db) => {
      await sql`
        create table call_attachment (
          id uuid primary key default gen_random_uuid(),
          application uuid not null references call_application (id),
          piece text not null, name text not null, media_type text not null, bytes bigint not null,
          slices integer[] not null, sha256 text, status text not null, scan text,
          added_by uuid not null references account (id), added_at timestamptz not null, left_at timestamptz
        )`.execute(db);
      await sql`create index on call_attachment (application)`.execute(db);
      await sql`create index on call_attachment (added_by)`.execute(db);
      await sql`create index on call_attachment (added_at) where status in ('receiving', 'scanning')`.execute(db);
    },
  },
};
