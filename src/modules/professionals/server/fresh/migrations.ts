import { sql } from 'kysely';
import { PERSON } from '#modules/directory/index.ts';
import type { Migrations } from '#platform/server/database/migrate.ts';

/** Who was asked whether what is published is still right, and what they answered. */
export const freshMigrations: Migrations = {
  '0080-fresh': {
    up: async (db) => {
      await sql`
        create table listing_freshness (
          id uuid primary key default gen_random_uuid(),
          entity text not null check (entity in ('registration', 'place', 'service')),
          registration uuid unique references registration (id) on delete cascade,
          entity_id integer,
          check ((entity = 'registration') = (registration is not null)),
          check ((entity = 'registration') = (entity_id is null)),
          unique (entity, entity_id),
          rhythm smallint not null check (rhythm in (3, 6, 12)),
          confirmed_on date, due_on date not null,
          asked_on date, asks smallint not null default 0
        )`.execute(db);
      await sql`create index on listing_freshness (due_on)`.execute(db);
      await sql`
        create table freshness_campaign (
          id uuid primary key default gen_random_uuid(),
          scope text not null, kind text, priority smallint, site text not null,
          status text not null check (status in ('absent', 'running', 'stopped', 'done')),
          started_by uuid not null references account (id),
          started_at timestamptz not null, ended_at timestamptz
        )`.execute(db);
      await sql`create index on freshness_campaign (started_at)`.execute(db);
      await sql`
        create table freshness_ask (
          id uuid primary key default gen_random_uuid(),
          token_hash text not null unique,
          account uuid references account (id),
          address_hash text not null,
          campaign uuid references freshness_campaign (id) on delete cascade,
          asked_at timestamptz not null, expires_at timestamptz not null
        )`.execute(db);
      await sql`create index on freshness_ask (asked_at)`.execute(db);
      await sql`create index on freshness_ask (campaign)`.execute(db);
      await sql`create index on freshness_ask (account)`.execute(db);
      await sql`
        create table freshness_question (
          ask uuid not null references freshness_ask (id) on delete cascade,
          listing uuid not null references listing_freshness (id) on delete cascade,
          answer text check (answer in ('exact', 'changed')),
          answered_at timestamptz,
          check ((answer is null) = (answered_at is null)),
          primary key (ask, listing)
        )`.execute(db);
      await sql`create index on freshness_question (listing)`.execute(db);
      await sql`
        create table freshness_target (
          campaign uuid not null references freshness_campaign (id) on delete cascade,
          listing uuid not null references listing_freshness (id) on delete cascade,
          ask uuid references freshness_ask (id) on delete cascade,
          left_out text check (left_out in ('nobody', 'refused', 'silent', 'recent')),
          check (ask is null or left_out is null),
          primary key (campaign, listing)
        )`.execute(db);
      await sql`create index on freshness_target (listing)`.execute(db);
      await sql`create index on freshness_target (ask)`.execute(db);
      // Who registered before said on the day they sent it that all was right.
      await sql`
        insert into listing_freshness (entity, registration, rhythm, confirmed_on, due_on)
        select 'registration', id, 6, sent_at::date, (sent_at + interval '6 months')::date
        from registration where status = 'published' and sent_at is not null`.execute(db);
      for (const entity of ['place', 'service']) {
        await sql`
          update ${sql.table(entity)} as listing set checked_on = registration.sent_at::date from registration
          where listing.source = ${PERSON} and split_part(listing.source_ref, '/', 1) = registration.id::text
            and registration.status = 'published'`.execute(db);
        await sql`
          update offer set shown = replace(shown, '"checked_on":null}', '"checked_on":"' || listing.checked_on || '"}')
          from ${sql.table(entity)} as listing
          where listing.id = ${sql.ref(`offer.${entity}_id`)} and listing.checked_on is not null`.execute(db);
      }
    },
  },
};
