import { sql } from 'kysely';
import type { Migrations } from '#platform/server/database/migrate.ts';

/** Scenarios, sessions, decisions, letters, recommendations. */
export const decisionMigrations: Migrations = {
  '0118-calls-decisions': {
    up: async (db) => {
      await sql`
        create table call_scenario (
          id uuid primary key default gen_random_uuid(), call uuid not null references call (id),
          name text not null, proposed boolean not null, version integer not null,
          written_by uuid not null references account (id), changed_at timestamptz not null
        )`.execute(db);
      await sql`create index on call_scenario (call)`.execute(db);
      await sql`create unique index on call_scenario (call) where proposed`.execute(db);
      await sql`create index on call_scenario (written_by)`.execute(db);
      await sql`
        create table call_scenario_item (
          scenario uuid not null references call_scenario (id) on delete cascade,
          application uuid not null references call_application (id), amounts jsonb not null,
          primary key (scenario, application)
        )`.execute(db);
      await sql`create index on call_scenario_item (application)`.execute(db);
      await sql`
        create table call_session (
          id uuid primary key, call uuid not null references call (id), status text not null, at timestamptz not null,
          state jsonb not null, changed_at timestamptz not null
        )`.execute(db);
      await sql`create index on call_session (call, at)`.execute(db);
      await sql`
        create table call_decision (
          application uuid primary key references call_application (id), call uuid not null references call (id),
          status text not null, issue text not null, rank integer, signed boolean not null,
          state jsonb not null, changed_at timestamptz not null
        )`.execute(db);
      await sql`create index on call_decision (call, status)`.execute(db);
      await sql`create unique index on call_decision (call, rank) where rank is not null`.execute(db);
      await sql`
        create table call_allocation (
          application uuid not null references call_application (id), call uuid not null references call (id),
          envelope text not null, cents bigint not null check (cents > 0), primary key (application, envelope)
        )`.execute(db);
      await sql`create index on call_allocation (call)`.execute(db);
      await sql`
        create table call_letter_template (
          call uuid not null references call (id), issue text not null, subject text not null, text text not null,
          written_by uuid not null references account (id), written_at timestamptz not null, primary key (call, issue)
        )`.execute(db);
      await sql`create index on call_letter_template (written_by)`.execute(db);
      await sql`
        create table call_letter (
          id uuid primary key, call uuid not null references call (id),
          application uuid not null references call_application (id), issue text not null,
          subject text not null, text text not null, sha256 text not null,
          prepared_by uuid not null references account (id), prepared_at timestamptz not null,
          asked_at timestamptz, sent_at timestamptz, cancelled_at timestamptz
        )`.execute(db);
      await sql`create index on call_letter (application, prepared_at)`.execute(db);
      await sql`create index on call_letter (call) where asked_at is not null and sent_at is null`.execute(db);
      await sql`create index on call_letter (prepared_by)`.execute(db);
      await sql`
        create table call_recommendation (
          id uuid primary key default gen_random_uuid(), call uuid not null references call (id),
          application uuid references call_application (id), text text not null,
          author uuid not null references account (id), author_name text not null,
          written_at timestamptz not null, status text not null
        )`.execute(db);
      await sql`create index on call_recommendation (call, application)`.execute(db);
      await sql`create index on call_recommendation (application)`.execute(db);
      await sql`create index on call_recommendation (author)`.execute(db);
      await sql`
        create table call_recommendation_step (
          id uuid primary key default gen_random_uuid(),
          recommendation uuid not null references call_recommendation (id), status text not null, words text not null,
          noted_by uuid not null references account (id), noted_at timestamptz not null
        )`.execute(db);
      await sql`create index on call_recommendation_step (recommendation, noted_at)`.execute(db);
      await sql`create index on call_recommendation_step (noted_by)`.execute(db);
    },
  },
  '0127-calls-minutes-kept': {
    up: async (db) => {
      await sql`alter table call_session add column minutes_sha256 text`.execute(db);
    },
  },
};
