import { sql } from 'kysely';
import type { Migrations } from '#platform/server/database/migrate.ts';

/**
 * One row a project. Its priorities, themes, calls and territories are short lists of codes that are always read with
 * it, so they are arrays and not tables of links. No foreign key to the territories: they are replaced as a whole.
 */
export const initiativeMigrations: Migrations = {
  '0020-initiatives': {
    up: async (db) => {
      await sql`
        create table initiative (
          slug text primary key,
          origin text not null,
          title text not null,
          name text,
          holder text not null,
          summary text not null,
          calls text[] not null,
          priorities integer[] not null
            check (cardinality(priorities) > 0 and priorities <@ array[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]),
          themes text[] not null,
          regions text[] not null,
          departements text[] not null,
          commune text,
          epci text,
          notes jsonb not null,
          source jsonb not null,
          content_hash text,
          check (commune is null or epci is null)
        )
      `.execute(db);
      await sql`create index initiative_origin on initiative (origin)`.execute(db);
    },
  },
  '0119b-initiative-calls': {
    up: async (db) => {
      await sql`
        create table initiative_call (
          slug text not null, application uuid not null, kind text,
          title text not null, path text not null, edition text not null,
          primary key (slug, application)
        )
      `.execute(db);
    },
  },
};
