import { sql } from 'kysely';
import type { Migrations } from '#platform/server/database/migrate.ts';

/**
 * No foreign keys between these tables, nor from other modules to them: they are replaced as a whole when the official
 * code changes, and a commune that disappears in a merger stays findable by its former code.
 */
export const territoryMigrations: Migrations = {
  '0010-territory': {
    up: async (db) => {
      await sql`
        create table region (code text primary key, name text not null, seat text not null)
      `.execute(db);
      await sql`
        create table departement (
          code text primary key, name text not null, region text not null, seat text not null
        )
      `.execute(db);
      await sql`
        create table epci (
          code text primary key, name text not null, nature text not null, population integer not null
        )
      `.execute(db);
      await sql`
        create table commune (
          code text primary key,
          name text not null,
          part_of text,
          departement text not null,
          epci text,
          postcodes text[] not null,
          population integer,
          lat double precision not null check (lat between -90 and 90),
          lon double precision not null check (lon between -180 and 180),
          precision text not null,
          uncertainty_km real not null check (uncertainty_km > 0)
        )
      `.execute(db);
      await sql`
        create table former_commune (
          code text primary key, name text, commune text not null, kind text not null
        )
      `.execute(db);
      await sql`
        create table commune_point (
          code text primary key,
          lat double precision not null check (lat between -90 and 90),
          lon double precision not null check (lon between -180 and 180),
          source text not null,
          uncertainty_km real not null check (uncertainty_km > 0)
        )
      `.execute(db);
      await sql`
        create table territory_reference (single boolean primary key default true check (single), fingerprint text not null)
      `.execute(db);
    },
  },
};
