import { sql } from 'kysely';
import type { Migrations } from '#platform/server/database/migrate.ts';

/** Who keeps a listing that an import told, and how they showed that it is theirs. The decision itself is a case. */
export const claimMigrations: Migrations = {
  '0086-claims': {
    up: async (db) => {
      await sql`
        create table claim (
          case_id uuid primary key references moderation_case (id),
          proof text not null check (proof in ('email', 'post', 'moderator')),
          -- When the proof was given: an e-mail of the domain, the code of a letter.
          proved_at timestamptz,
          -- Who kept the listing when somebody else claimed it.
          disputes uuid references registration (id),
          -- The code itself is on the letter only.
          code_hash text, code_sent_at timestamptz, code_expires_at timestamptz,
          tries smallint not null default 0
        )`.execute(db);
      await sql`
        create table listing_owner (
          entity text not null check (entity in ('place', 'service')),
          entity_id integer not null,
          registration uuid not null references registration (id),
          case_id uuid not null references moderation_case (id),
          since timestamptz not null,
          primary key (entity, entity_id)
        )`.execute(db);
      await sql`create index on listing_owner (registration)`.execute(db);
      // One open claim of one listing by one team, though two of them press at once.
      await sql`
        create unique index claim_open on moderation_case (entity, entity_id, registration)
          where kind = 'claim' and status = 'waiting'`.execute(db);
      // What may be the same place is looked for in its commune, and by its SIRET.
      await sql`create index place_here on place (insee) where state = 'open'`.execute(db);
      await sql`create index place_siret on place (siret) where siret is not null`.execute(db);
    },
  },
};
