import { type RawBuilder, sql } from 'kysely';
import type { Migrations } from '#platform/server/database/migrate.ts';
import { RULES } from './rules-version.ts';

/** What every row that comes from a source carries. One sequence for all, so that an id names one thing only. */
const sourced: RawBuilder<unknown> = sql.raw(`
  id integer primary key default nextval('directory_id'),
  source text not null references directory_source (id),
  source_ref text not null,
  provenance json not null default '{}',
  state text not null default 'open' check (state in ('open', 'closed')),
  closed_on date,
  changed_at timestamptz not null default now(),
  unique (source, source_ref)
`);

const point: RawBuilder<unknown> = sql.raw(`
  line text, postcode text, insee text,
  lat double precision check (lat between -90 and 90),
  lon double precision check (lon between -180 and 180),
  precision text not null default 'none' check (precision in ('housenumber', 'street', 'commune', 'manual', 'none')),
  check ((lat is null) = (lon is null))
`);

/**
 * What people and sources tell (organisation … tour_stop), and what is searched, made from it: `offer`, one flat row for
 * each service at each place or stop. `json` and not `jsonb` where the text must come back as it was written.
 */
export const directoryMigrations: Migrations = {
  '0030-directory': {
    up: async (db) => {
      await sql`create sequence directory_id as integer`.execute(db);
      await sql`
        create table directory_source (
          id text primary key,
          title text not null,
          publisher text,
          licence text,
          url text,
          -- Day of the data, as the source says it.
          dated date
        )`.execute(db);
      await sql`
        create table organisation (
          ${sourced},
          name text not null, legal_name text, siret text, finess text, website text, email text, phone text
        )`.execute(db);
      await sql`
        create table place (
          ${sourced},
          slug text not null unique,
          organisation_id integer references organisation (id),
          name text not null, kind text not null, more text, ${point},
          confidential boolean not null default false,
          phone text, email text, website text,
          hours text, hours_note text, closures json not null default '[]',
          access text[] not null default '{}', access_note text, acceslibre text, siret text, finess text
        )`.execute(db);
      await sql`
        create table professional (
          ${sourced},
          slug text not null unique,
          organisation_id integer references organisation (id),
          name text not null, profession text not null, rpps text,
          exercise text check (exercise in ('liberal', 'salarie', 'benevole')),
          at_home boolean not null default false,
          phone text, email text, website text
        )`.execute(db);
      await sql`
        create table service (
          ${sourced},
          slug text not null unique,
          organisation_id integer references organisation (id),
          professional_id integer references professional (id),
          name text not null, kind text not null, summary text, description text,
          priorities smallint[] not null default '{}' check (priorities <@ '{1,2,3,4,5,6,7,8,9,10}'),
          audiences text[] not null default '{}',
          stage_from smallint, stage_to smallint, check (stage_from <= stage_to),
          modes text[] not null default '{}',
          bookings text[] not null default '{}', booking_note text,
          costs text[] not null default '{}', cost_note text,
          languages text[] not null default '{}',
          phone text, email text, website text
        )`.execute(db);
      await sql`
        create table tour (
          ${sourced},
          organisation_id integer references organisation (id),
          name text not null, vehicle text, description text, phone text, email text, website text
        )`.execute(db);
      await sql`
        create table tour_stop (
          ${sourced},
          tour_id integer not null references tour (id) on delete cascade,
          label text not null, ${point},
          position smallint not null default 0,
          starts_at text check (starts_at ~ '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d$'),
          minutes integer check (minutes between 1 and 1440),
          rrule text, "except" text[] not null default '{}', besides text[] not null default '{}', note text
        )`.execute(db);
      await sql`create index on tour_stop (tour_id)`.execute(db);
      await sql`
        create table placement (
          id integer primary key default nextval('directory_id'),
          service_id integer not null references service (id) on delete cascade,
          place_id integer references place (id) on delete cascade,
          tour_id integer references tour (id) on delete cascade,
          check (place_id is null or tour_id is null),
          hours text,
          areas text[] not null default '{}',
          unique nulls not distinct (service_id, place_id, tour_id)
        )`.execute(db);
      await sql`create index on placement (place_id)`.execute(db);
      await sql`create index on placement (tour_id)`.execute(db);
      // Hours compiled once for each distinct text: the index reads weeks of bits, never a text.
      await sql`
        create table timetable (
          id integer generated always as identity primary key,
          key text not null unique,
          recipe json not null,
          first_week date not null,
          -- One bitmap of 2016 bits (five minutes each) for each distinct week, end to end.
          bitmaps bytea not null,
          -- For each week from first_week on, which bitmap.
          weeks smallint[] not null,
          -- Weeks for which the text cannot be read, school holidays not yet published for instance.
          unsure smallint[] not null default '{}',
          trouble text
        )`.execute(db);
      // No foreign keys: rows are written by the thousand, only by resolveOffers, and outlive what they were made from.
      await sql`
        create table offer (
          id integer primary key default nextval('directory_id'),
          placement_id integer not null,
          stop_id integer,
          service_id integer not null,
          place_id integer,
          tour_id integer,
          gone boolean not null default false,
          lat double precision, lon double precision,
          insee text,
          areas text[] not null default '{}',
          kind smallint not null,
          priorities integer not null,
          audiences integer not null,
          modes integer not null,
          access integer not null,
          languages integer not null,
          costs integer not null,
          stage_from smallint not null, stage_to smallint not null,
          time_zone text not null,
          timetable_id integer,
          -- Stems of its words, for the search; and the text of its JSON in the answers.
          terms text not null,
          shown text not null,
          -- Transaction that wrote the row: how a process finds what it has not seen yet, in whatever order they end.
          changed_in xid8 not null default pg_current_xact_id(),
          unique nulls not distinct (placement_id, stop_id)
        )`.execute(db);
      await sql`create index on offer (changed_in)`.execute(db);
      await sql`create index on offer (service_id)`.execute(db);
      await sql`create index on offer (place_id)`.execute(db);
      await sql`create index on offer (tour_id)`.execute(db);
      // What a run of an import met, so that what disappeared from the source can be closed at its end.
      await sql`
        create unlogged table import_seen (
          run uuid not null, entity text not null, source_ref text not null, primary key (run, entity, source_ref)
        )`.execute(db);
      await sql`
        create table directory_report (
          id uuid primary key,
          subject text not null, subject_id integer not null,
          message text not null, reply_to text,
          created_at timestamptz not null,
          closed_at timestamptz
        )`.execute(db);
    },
  },
  '0031-directory-content': {
    up: async (db) => {
      // One row: the fingerprint of the content files that the tables hold.
      await sql`
        create table directory_content (single boolean primary key default true check (single), fingerprint text not null)
      `.execute(db);
    },
  },
  '0041-directory-owners': {
    up: async (db) => {
      // Offers are looked for by who gives them at each batch of an import: without these, each batch reads all services.
      await sql`create index on service (organisation_id) where organisation_id is not null`.execute(db);
      await sql`create index on service (professional_id) where professional_id is not null`.execute(db);
    },
  },
  '0080-directory-checked': {
    up: async (db) => {
      // The day on which somebody who knows last said that everything is right.
      await sql`alter table place add column checked_on date`.execute(db);
      await sql`alter table service add column checked_on date`.execute(db);
      await sql`update offer set shown = left(shown, -1) || ',"checked_on":null}'`.execute(db);
    },
  },
  '0132-placement-provenance': {
    up: async (db) => {
      await sql`alter table placement add column provenance json not null default '{}'`.execute(db);
      // What was there came with its service: from its source, on the first day on which that source spoke of it.
      await sql`
        update placement set provenance = (
          select coalesce(json_object_agg(told.field, json_build_object('source', service.source, 'on', (
            select min(field.value ->> 'on') from json_each(service.provenance) as field
            where field.value ->> 'source' = service.source))), '{}')
          from service, (values ('hours', placement.hours is not null), ('areas', placement.areas <> '{}'))
            as told (field, is_told)
          where service.id = placement.service_id and told.is_told)
        where hours is not null or areas <> '{}'`.execute(db);
    },
  },
  '0133-directory-rules': {
    up: async (db) => {
      // One row: the version of the rules that all offers follow, and, on the way to another, the last placement done.
      await sql`
        create table directory_rules (
          single boolean primary key default true check (single),
          followed integer not null, toward integer, reached integer
        )`.execute(db);
      // What is still to come in an empty base will be made by the rules of the version that prepares it.
      await sql`
        insert into directory_rules (followed)
        select case when exists (select from placement) then 0 else ${RULES}::integer end`.execute(db);
      await sql`alter table timetable add column rules integer not null default 0`.execute(db);
    },
  },
};
