import { sql } from 'kysely';
import type { Migrations } from '#platform/server/database/migrate.ts';

/** Local networks, and the relay by which professionals write to one another. */
export const networksMigrations: Migrations = {
  '0082-networks': {
    up: async (db) => {
      await sql`
        create table network (
          id uuid primary key default gen_random_uuid(),
          name text not null, purpose text not null, territory text not null,
          created_by uuid not null references account (id), created_at timestamptz not null
        )`.execute(db);
      await sql`create index on network (territory)`.execute(db);
      await sql`create index on network (created_by)`.execute(db);
      await sql`
        create table network_request (
          network uuid not null references network (id) on delete cascade,
          account uuid not null references account (id),
          words text not null, created_at timestamptz not null,
          primary key (network, account)
        )`.execute(db);
      await sql`create index on network_request (account)`.execute(db);
      await sql`
        create table network_note (
          id uuid primary key default gen_random_uuid(),
          network uuid not null references network (id) on delete cascade,
          met_on date not null, title text not null, text text not null,
          author uuid not null references account (id), written_at timestamptz not null
        )`.execute(db);
      await sql`create index on network_note (network, met_on desc)`.execute(db);
      await sql`
        create table relay_thread (
          id uuid primary key default gen_random_uuid(),
          writer uuid not null references account (id),
          writer_as uuid references registration (id),
          registration uuid references registration (id),
          network uuid references network (id) on delete cascade,
          last_at timestamptz not null,
          check ((registration is null) <> (network is null))
        )`.execute(db);
      await sql`create index on relay_thread (last_at)`.execute(db);
      await sql`create index on relay_thread (network)`.execute(db);
      await sql`
        create table relay_message (
          id uuid primary key default gen_random_uuid(),
          thread uuid not null references relay_thread (id) on delete cascade,
          author uuid not null references account (id), author_name text not null,
          text text, sent_at timestamptz not null,
          reported_at timestamptz, settled_at timestamptz
        )`.execute(db);
      await sql`create index on relay_message (thread)`.execute(db);
      await sql`create index on relay_message (author, sent_at)`.execute(db);
      await sql`create index on relay_message (sent_at) where text is not null`.execute(db);
      await sql`
        create index relay_reported on relay_message (reported_at)
          where reported_at is not null and settled_at is null`.execute(db);
      await sql`
        create table relay_delivery (
          token_hash text primary key,
          message uuid not null references relay_message (id) on delete cascade,
          account uuid not null references account (id)
        )`.execute(db);
      await sql`create index on relay_delivery (message)`.execute(db);
      await sql`
        create table relay_refusal (
          account uuid primary key references account (id), since timestamptz not null
        )`.execute(db);
      await sql`
        create table relay_block (
          account uuid not null references account (id), blocked uuid not null references account (id),
          since timestamptz not null, primary key (account, blocked)
        )`.execute(db);
      await sql`
        create table relay_ban (
          account uuid primary key references account (id), since timestamptz not null,
          by uuid not null references account (id)
        )`.execute(db);
      // Who is registered in a territory, and who arrived there.
      await sql`create index registration_here on registration (departement) where status = 'published'`.execute(db);
      await sql`
        create index moderation_arrivals on moderation_case (departement, created_at)
          where kind = 'registration' and status in ('published', 'accepted')`.execute(db);
    },
  },
  '0096-professionals-relay-ban': {
    up: async (db) => {
      // Where the message was written to: those who moderate there may give the right back.
      await sql`alter table relay_ban add column scope text not null default 'france'`.execute(db);
      await sql`alter table relay_ban alter column scope drop default`.execute(db);
    },
  },
};
