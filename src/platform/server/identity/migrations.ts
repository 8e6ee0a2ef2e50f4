import { sql } from 'kysely';
import type { Migrations } from '../database/migrate.ts';

/** Accounts, how one proves to be oneself, and what one may do. Nothing that opens a door is kept readable. */
export const identityMigrations: Migrations = {
  '0050-identity': {
    up: async (db) => {
      await sql`
        create table account (
          id uuid primary key default gen_random_uuid(),
          email text unique,
          name text,
          created_at timestamptz not null,
          erased_at timestamptz,
          check ((email is null) = (erased_at is not null)),
          check (erased_at is null or name is null)
        )`.execute(db);
      await sql`
        create table account_session (
          id uuid primary key default gen_random_uuid(),
          token_hash text not null unique,
          account uuid not null references account (id),
          device text not null,
          created_at timestamptz not null,
          expires_at timestamptz not null,
          seen_on date not null,
          provider text,
          sealed_id_token text
        )`.execute(db);
      await sql`
        create table account_proof (
          id uuid primary key default gen_random_uuid(),
          email text not null,
          purpose text not null check (purpose in ('sign_in', 'change_email')),
          token_hash text not null unique,
          code_hash text not null,
          tries_left integer not null,
          account uuid references account (id),
          federation text,
          next text,
          expires_at timestamptz not null
        )`.execute(db);
      await sql`
        create table account_passkey (
          id text primary key,
          account uuid not null references account (id),
          public_key text not null,
          counter bigint not null,
          transports text not null,
          name text not null,
          created_at timestamptz not null,
          used_on date
        )`.execute(db);
      await sql`
        create table account_challenge (
          challenge_hash text primary key,
          account uuid references account (id),
          expires_at timestamptz not null
        )`.execute(db);
      await sql`
        create table account_federation (
          issuer text not null,
          subject text not null,
          account uuid not null references account (id),
          provider text not null,
          created_at timestamptz not null,
          primary key (issuer, subject)
        )`.execute(db);
      await sql`
        create table membership (
          account uuid not null references account (id),
          organisation text not null,
          role text not null check (role in ('owner', 'editor', 'reader')),
          since timestamptz not null,
          primary key (account, organisation)
        )`.execute(db);
      await sql`
        create table invitation (
          id uuid primary key default gen_random_uuid(),
          organisation text not null,
          organisation_name text not null,
          email text not null,
          role text not null check (role in ('owner', 'editor', 'reader')),
          invited_by uuid not null references account (id),
          created_at timestamptz not null,
          expires_at timestamptz not null,
          unique (organisation, email)
        )`.execute(db);
      await sql`
        create table agency_grant (
          id uuid primary key default gen_random_uuid(),
          account uuid not null references account (id),
          agency text not null check (agency in ('ministry', 'ars', 'dreets', 'caf', 'departement', 'local')),
          role text not null check (role in ('administrator', 'moderator', 'coordinator', 'reader')),
          scope text not null,
          granted_by uuid references account (id),
          granted_at timestamptz not null,
          unique (account, agency, role, scope)
        )`.execute(db);
      await sql`create index on account_session (account)`.execute(db);
      await sql`create index on account_passkey (account)`.execute(db);
      await sql`create index on account_federation (account)`.execute(db);
      await sql`create index on membership (organisation)`.execute(db);
      await sql`create index on invitation (email)`.execute(db);
      // A message that opens a door is forgotten as soon as it has left.
      await sql`alter table mail_outbox add column secret boolean not null default false`.execute(db);
    },
  },
  '0096-professionals-idle': {
    up: async (db) => {
      await sql`alter table account add column seen_on date, add column warned_at timestamptz`.execute(db);
    },
  },
};
