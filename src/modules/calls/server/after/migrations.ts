import { sql } from 'kysely';
import type { Migrations } from '#platform/server/database/migrate.ts';

/** Agreements, payments, reports, appeals, the message to the ministry, the showcase. */
export const afterMigrations: Migrations = {
  '0119-calls-after': {
    up: async (db) => {
      await sql`
        create table call_agreement (
          application uuid primary key references call_application (id), call uuid not null references call (id),
          status text not null, ends_on date, changed_at timestamptz not null, state jsonb not null
        )`.execute(db);
      await sql`create index on call_agreement (call)`.execute(db);
      await sql`
        create table call_agreement_terms (
          id uuid primary key default gen_random_uuid(),
          application uuid not null references call_application (id), content jsonb not null, sha256 text not null,
          written_by uuid not null references account (id), written_at timestamptz not null
        )`.execute(db);
      await sql`create index on call_agreement_terms (application)`.execute(db);
      await sql`create index on call_agreement_terms (written_by)`.execute(db);
      await sql`
        create table call_agreement_party (
          id uuid not null, terms uuid not null references call_agreement_terms (id), email text not null,
          primary key (terms, id)
        )`.execute(db);
      await sql`create index on call_agreement_party (email)`.execute(db);
      await sql`
        create table call_report (
          id uuid primary key default gen_random_uuid(),
          application uuid not null references call_application (id), report uuid not null,
          number integer not null, content jsonb not null, sha256 text not null,
          written_by uuid not null references account (id), written_at timestamptz not null,
          unique (report, number)
        )`.execute(db);
      await sql`create index on call_report (application)`.execute(db);
      await sql`create index on call_report (written_by)`.execute(db);
      await sql`
        create table call_appeal (
          id uuid primary key, application uuid not null references call_application (id), kind text not null,
          status text not null, changed_at timestamptz not null, state jsonb not null
        )`.execute(db);
      await sql`create index on call_appeal (application)`.execute(db);
      await sql`
        create table call_ministry_sending (
          id uuid primary key default gen_random_uuid(), call uuid not null references call (id),
          sent_on date not null, text text not null,
          written_by uuid not null references account (id), written_at timestamptz not null
        )`.execute(db);
      await sql`create index on call_ministry_sending (call)`.execute(db);
      await sql`create index on call_ministry_sending (written_by)`.execute(db);
      await sql`
        create table call_showcase (
          application uuid primary key references call_application (id), call uuid not null references call (id),
          status text not null, slug text, changed_at timestamptz not null, state jsonb not null
        )`.execute(db);
      await sql`create index on call_showcase (call)`.execute(db);
      await sql`create index on call_showcase (slug) where slug is not null`.execute(db);
      await sql`
        create table call_showcase_text (
          id uuid primary key default gen_random_uuid(),
          application uuid not null references call_application (id), content jsonb not null, sha256 text not null,
          written_by uuid not null references account (id), written_at timestamptz not null
        )`.execute(db);
      await sql`create index on call_showcase_text (application)`.execute(db);
      await sql`create index on call_showcase_text (written_by)`.execute(db);
      await sql`
        create table call_project (id uuid primary key default gen_random_uuid(), initiative text unique)`.execute(db);
      await sql`
        create table call_project_application (
          application uuid primary key references call_application (id),
          project uuid not null references call_project (id),
          linked_by uuid not null references account (id), linked_at timestamptz not null
        )`.execute(db);
      await sql`create index on call_project_application (project)`.execute(db);
      await sql`create index on call_project_application (linked_by)`.execute(db);
      await sql`
        create table call_application_source (
          application uuid primary key references call_application (id),
          initiative text not null, title text not null, holder text not null
        )`.execute(db);
    },
  },
  '0128-calls-support': {
    up: async (db) => {
      await sql`
        create table call_support (
          application uuid primary key references call_application (id), changed_at timestamptz not null,
          state jsonb not null
        )`.execute(db);
    },
  },
};
