import { type RawBuilder, sql } from 'kysely';
import { PERSON } from '#modules/directory/index.ts';
import type { Migrations } from '#platform/server/database/migrate.ts';
import { claimMigrations } from './claim-migrations.ts';
import { freshMigrations } from './fresh/migrations.ts';
import { probableMigrations } from './probable-migrations.ts';
import { trustMigrations } from './trust-migrations.ts';

const located: RawBuilder<unknown> = sql.raw('insee text, epci text, departement text, region text');

/** Registrations, attestations and what moderators decide. Texts of people are here, and never in the journal. */
export const professionalsMigrations: Migrations = {
  '0060-professionals': {
    up: async (db) => {
      // What people say of themselves: the source of their rows in the directory.
      await sql`
        insert into directory_source (id, title)
        values (${PERSON}, 'Inscription en ligne des professionnels') on conflict do nothing`.execute(db);
      await sql`
        create table registration (
          id uuid primary key default gen_random_uuid(),
          account uuid not null references account (id),
          status text not null default 'draft'
            check (status in ('draft', 'waiting', 'published', 'refused', 'closed')),
          draft json not null,
          published json,
          revision integer not null default 1,
          ${located},
          created_at timestamptz not null, changed_at timestamptz not null, sent_at timestamptz,
          check ((status = 'published') <= (published is not null))
        )`.execute(db);
      await sql`create index on registration (account)`.execute(db);
      await sql`
        create table moderation_reason (
          id uuid primary key default gen_random_uuid(), text text not null, created_at timestamptz not null
        )`.execute(db);
      await sql`
        create table attestation (
          id uuid primary key default gen_random_uuid(),
          registration uuid not null references registration (id),
          token text not null unique,
          status text not null
            check (status in ('requested', 'given', 'disputed', 'refused', 'withdrawn', 'expired')),
          until date, given_on date,
          reason uuid references moderation_reason (id)
        )`.execute(db);
      // One living attestation for a registration; the withdrawn ones stay, for who still scans their code.
      await sql`
        create unique index attestation_living on attestation (registration) where status <> 'withdrawn'`.execute(db);
      await sql`create index on attestation (until) where status in ('given', 'disputed')`.execute(db);
      await sql`
        create table moderation_case (
          id uuid primary key default gen_random_uuid(),
          kind text not null check (kind in ('registration', 'correction', 'claim', 'duplicate')),
          status text not null
            check (status in ('waiting', 'published', 'accepted', 'refused', 'withdrawn', 'undone')),
          registration uuid references registration (id),
          entity text, entity_id integer,
          proposed json not null, before json not null,
          words text,
          ${located},
          author uuid references account (id),
          created_at timestamptz not null, decided_at timestamptz,
          decided_by uuid references account (id),
          reason uuid references moderation_reason (id)
        )`.execute(db);
      await sql`
        create index moderation_open on moderation_case (created_at, id) where status in ('waiting', 'published')
      `.execute(db);
      await sql`
        create index moderation_open_here on moderation_case (departement, created_at, id)
          where status in ('waiting', 'published')`.execute(db);
      await sql`create index on moderation_case (registration)`.execute(db);
      await sql`create index on moderation_case (author)`.execute(db);
      await sql`
        create table moderation_policy (
          territory text primary key, review text not null check (review in ('before', 'after')),
          set_at timestamptz not null, set_by uuid references account (id)
        )`.execute(db);
      await sql`
        create table trusted_editor (
          account uuid primary key references account (id), since timestamptz not null, by uuid references account (id)
        )`.execute(db);
    },
  },
  '0061-professionals-duplicates': {
    up: async (db) => {
      // A page that was joined to another leads to it.
      await sql`create index on moderation_case (entity_id) where kind = 'duplicate'`.execute(db);
    },
  },
  '0085-moderation-queues': {
    up: async (db) => {
      // A queue is of one territory, whatever its kind: of 50 000 that wait, a page reads its fifty.
      for (const column of ['region', 'epci', 'insee']) {
        await sql`
          create index on moderation_case (${sql.ref(column)}, created_at, id)
            where status in ('waiting', 'published')`.execute(db);
      }
    },
  },
  ...claimMigrations,
  ...probableMigrations,
  ...freshMigrations,
  ...trustMigrations,
};
