import { sql } from 'kysely';
import type { Migrations } from '../database/migrate.ts';

/** The outbox: what was written, and what became of it. */
export const mailMigrations: Migrations = {
  '0002-mail': {
    up: async (db) => {
      await sql`
        create table mail_outbox (
          id uuid primary key default gen_random_uuid(),
          recipient text not null,
          subject text not null,
          body text not null,
          html text,
          reply_to text,
          status text not null default 'waiting' check (status in ('waiting', 'sent', 'kept', 'failed')),
          attempts integer not null default 0,
          last_error text,
          posted_at timestamptz not null default now(),
          tried_at timestamptz,
          sent_at timestamptz
        )`.execute(db);
      await sql`create index mail_outbox_by_date on mail_outbox (posted_at desc, id)`.execute(db);
      await sql`create index mail_outbox_waiting on mail_outbox (posted_at) where status = 'waiting'`.execute(db);
    },
  },
  '0080-mail-addresses': {
    up: async (db) => {
      await sql`alter table mail_outbox add column key text unique, add column unsubscribe text`.execute(db);
      await sql`
        create table mail_address (
          hash text primary key, refused_at timestamptz, refusal text, silent_since timestamptz
        )`.execute(db);
    },
  },
};
