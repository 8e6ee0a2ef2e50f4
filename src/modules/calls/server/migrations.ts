import { sql } from 'kysely';
import type { Migrations } from '#platform/server/database/migrate.ts';
import { afterMigrations } from './after/migrations.ts';
import { attachmentMigrations } from './application/attachment-migrations.ts';
import { instructionMigrations } from './application/instruction-migrations.ts';
import { writingMigrations } from './application/migrations.ts';
import { nationalMigrations } from './national-migrations.ts';
import { decisionMigrations } from './selection/decision-migrations.ts';
import { juryMigrations } from './selection/migrations.ts';

/** Frames, declarations and calls. */
export const callsMigrations: Migrations = {
  '0110-calls': {
    up: async (db) => {
      await sql`
        create table call_frame (
          edition text not null, version integer not null, sha256 text not null,
          recorded_at timestamptz not null default now(), primary key (edition, version)
        )`.execute(db);
      await sql`
        create table call_contact (
          id uuid primary key default gen_random_uuid(),
          name text not null, job text not null, email text not null, phone text not null
        )`.execute(db);
      await sql`
        create table call_text (
          id uuid primary key default gen_random_uuid(),
          text text not null, written_by uuid not null references account (id), written_at timestamptz not null
        )`.execute(db);
      await sql`create index on call_text (written_by)`.execute(db);
      await sql`
        create table call_declaration (
          id text primary key, edition text not null, agency text not null, region text not null,
          status text not null, state jsonb not null, changed_at timestamptz not null
        )`.execute(db);
      await sql`create index on call_declaration (edition, region)`.execute(db);
      await sql`
        create table call (
          id uuid primary key default gen_random_uuid(), slug text not null unique,
          kind text not null, edition text not null, territory text not null, agencies text[] not null,
          status text not null, opens_at timestamptz, closes_at timestamptz, published_at timestamptz,
          changed_at timestamptz not null, state jsonb not null
        )`.execute(db);
      await sql`create index on call (edition, territory)`.execute(db);
      await sql`create index on call (published_at desc) where published_at is not null`.execute(db);
      await sql`
        create table call_words (
          id uuid primary key default gen_random_uuid(), call uuid not null references call (id),
          section text not null, content jsonb not null, sha256 text not null,
          written_by uuid not null references account (id), written_at timestamptz not null
        )`.execute(db);
      await sql`create index on call_words (call)`.execute(db);
      await sql`create index on call_words (written_by)`.execute(db);
      await sql`
        create table call_partner (
          id uuid primary key default gen_random_uuid(), call uuid not null references call (id),
          organisation text not null, kind text not null, email text not null, tasks text[] not null,
          invited_by uuid not null references account (id), invited_at timestamptz not null,
          unique (call, email)
        )`.execute(db);
      await sql`create index on call_partner (email)`.execute(db);
      await sql`create index on call_partner (invited_by)`.execute(db);
      await sql`
        create table call_remark (
          id uuid primary key default gen_random_uuid(), call uuid not null references call (id),
          section text not null, field text, text text not null,
          author uuid not null references account (id), author_name text not null,
          written_at timestamptz not null, settled_at timestamptz, adopted boolean
        )`.execute(db);
      await sql`create index on call_remark (call, written_at)`.execute(db);
      await sql`create index on call_remark (author)`.execute(db);
    },
  },
  '0113-calls-applications': {
    up: async (db) => {
      await sql`
        create table call_application (
          id uuid primary key default gen_random_uuid(), call uuid not null references call (id),
          number integer not null, kind text not null, status text not null,
          siren text not null, holder text not null, title text not null,
          asked_cents bigint not null, total_cents bigint not null, axes integer[] not null, territories text[] not null,
          started_by uuid not null references account (id), started_at timestamptz not null,
          deposited_at timestamptz, changed_at timestamptz not null, state jsonb not null,
          unique (call, number)
        )`.execute(db);
      await sql`create index on call_application (call, status)`.execute(db);
      await sql`create index on call_application (siren, call) where siren <> ''`.execute(db);
      await sql`create index on call_application (started_by)`.execute(db);
      await sql`
        create table call_application_part (
          application uuid not null references call_application (id), part text not null,
          version integer not null, content jsonb not null,
          written_by uuid not null references account (id), written_at timestamptz not null,
          primary key (application, part)
        )`.execute(db);
      await sql`create index on call_application_part (written_by)`.execute(db);
      await sql`
        create table call_application_member (
          id uuid primary key default gen_random_uuid(),
          application uuid not null references call_application (id),
          email text not null, role text not null,
          invited_by uuid not null references account (id), invited_at timestamptz not null,
          unique (application, email)
        )`.execute(db);
      await sql`create index on call_application_member (email)`.execute(db);
      await sql`create index on call_application_member (invited_by)`.execute(db);
      await sql`
        create table call_snapshot (
          id uuid primary key, application uuid not null references call_application (id),
          number integer not null, content jsonb not null, sha256 text not null,
          made_by uuid not null references account (id), made_at timestamptz not null,
          unique (application, number)
        )`.execute(db);
      await sql`create index on call_snapshot (made_by)`.execute(db);
    },
  },
  ...writingMigrations,
  ...attachmentMigrations,
  ...instructionMigrations,
  ...juryMigrations,
  ...decisionMigrations,
  ...afterMigrations,
  '0124-calls-proposals': {
    up: async (db) => {
      // What a proposal would replace, as it read then; whether its words were put in the call when it was adopted.
      await sql`alter table call_remark add column instead text, add column applied boolean`.execute(db);
    },
  },
  ...nationalMigrations,
};
