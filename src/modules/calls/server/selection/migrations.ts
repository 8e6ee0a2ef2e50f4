import { sql } from 'kysely';
import type { Migrations } from '#platform/server/database/migrate.ts';

/** Jury, interests, opinions, evaluations. */
export const juryMigrations: Migrations = {
  '0117-calls-jury': {
    up: async (db) => {
      // Every organisation that a deposited file names, by SIREN: what interests are looked for by.
      await sql`
        create or replace function call_sirens(content jsonb) returns text[] language sql immutable parallel safe as $$
          select coalesce(array_agg(distinct left(digits, 9)), '{}')
          from (
            select regexp_replace(said #>> '{}', '[^0-9]', '', 'g') as digits
            from (
              select jsonb_path_query(content, '$.holder.siret') as said
              union all select jsonb_path_query(content, '$.partners.partners[*].siren')
              union all select jsonb_path_query(content, '$.budget.resources[*].siren')
            ) as each_said
          ) as each_digits
          where length(digits) in (9, 14)
        $$`.execute(db);
      await sql`create index call_snapshot_sirens on call_snapshot using gin (call_sirens(content))`.execute(db);
      await sql`
        create table call_jury (
          call uuid primary key references call (id), state jsonb not null, changed_at timestamptz not null
        )`.execute(db);
      await sql`
        create table call_juror (
          id uuid primary key default gen_random_uuid(), call uuid not null references call (id),
          name text not null, email text not null, organisation text not null, siren text not null,
          represents text[] not null, quality text not null, voice text not null, partner_group text not null,
          invited_by uuid not null references account (id), invited_at timestamptz not null, left_at timestamptz
        )`.execute(db);
      await sql`create unique index on call_juror (call, email) where left_at is null and email <> ''`.execute(db);
      await sql`create index on call_juror (email)`.execute(db);
      await sql`create index on call_juror (invited_by)`.execute(db);
      await sql`
        create table call_interest (
          id uuid primary key default gen_random_uuid(), call uuid not null references call (id),
          account uuid not null references account (id), name text not null, sirens text[] not null,
          state jsonb not null, changed_at timestamptz not null, unique (call, account)
        )`.execute(db);
      await sql`create index on call_interest (account)`.execute(db);
      await sql`
        create table call_opinion (
          id uuid primary key default gen_random_uuid(), call uuid not null references call (id),
          application uuid not null references call_application (id), email text not null, status text not null,
          shown text not null, parts text[] not null, confidential boolean not null,
          questions jsonb not null, answers jsonb not null, due timestamptz not null,
          asked_by uuid not null references account (id), asked_at timestamptz not null, reminded_at timestamptz,
          state jsonb not null, changed_at timestamptz not null
        )`.execute(db);
      await sql`create index on call_opinion (call, email)`.execute(db);
      await sql`create index on call_opinion (application)`.execute(db);
      await sql`create index on call_opinion (email)`.execute(db);
      await sql`create index on call_opinion (asked_by)`.execute(db);
      await sql`create index on call_opinion (due) where status in ('asked', 'accepted')`.execute(db);
      await sql`
        create table call_evaluation (
          id uuid primary key default gen_random_uuid(), call uuid not null references call (id),
          application uuid not null references call_application (id), juror uuid not null references call_juror (id),
          status text not null, snapshot integer not null, marks jsonb not null,
          state jsonb not null, changed_at timestamptz not null, unique (application, juror)
        )`.execute(db);
      await sql`create index on call_evaluation (call, status)`.execute(db);
      await sql`create index on call_evaluation (juror)`.execute(db);
    },
  },
};
