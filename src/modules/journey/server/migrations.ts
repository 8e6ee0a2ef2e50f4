import { sql } from 'kysely';
import type { Migrations } from '#platform/server/database/migrate.ts';

declare module '#platform/server/database/database.ts' {
  interface Tables {
    push_key: { readonly id: number; readonly public_key: string; readonly private_key: string };
    push_registration: {
      readonly id: string;
      readonly endpoint: string;
      readonly p256dh: string;
      readonly auth: string;
    };
    push_moment: { readonly registration_id: string; readonly at: string };
  }
}

/**
 * How to wake devices, and at which hours: no family, no reason, no address of a person, no day of registration.
 * `push_key` holds the one pair of keys by which the push services know this site.
 */
export const pushMigrations: Migrations = {
  '0040-push': {
    up: async (db) => {
      await sql`
        create table push_key (
          id smallint primary key default 1 check (id = 1),
          public_key text not null,
          private_key text not null
        )`.execute(db);
      await sql`
        create table push_registration (
          -- Hash of the endpoint: the same browser is one row.
          id text primary key,
          endpoint text not null,
          p256dh text not null,
          auth text not null
        )`.execute(db);
      await sql`
        create table push_moment (
          registration_id text not null references push_registration (id) on delete cascade,
          at timestamptz not null check (extract(minute from at) = 0 and extract(second from at) = 0),
          primary key (registration_id, at)
        )`.execute(db);
      await sql`create index push_moment_at on push_moment (at)`.execute(db);
    },
  },
};
