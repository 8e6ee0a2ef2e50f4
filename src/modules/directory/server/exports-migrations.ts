import { sql } from 'kysely';
import type { Migrations } from '#platform/server/database/migrate.ts';

/** What was published and when: the files as they are, and for each record of each file the last change of it. */
export const exportMigrations: Migrations = {
  '0070-exports': {
    up: async (db) => {
      await sql`
        create table export_run (
          id integer generated always as identity primary key,
          made_at timestamptz not null
        )`.execute(db);
      await sql`
        create table export_file (
          name text primary key,
          -- Key in the store of files; gzip.
          key text not null,
          bytes bigint not null,
          -- Without compression, as is the fingerprint.
          plain_bytes bigint not null,
          sha256 text not null,
          records integer not null,
          -- Run that made this content, and its moment: the same content again changes neither.
          run integer not null references export_run (id),
          changed_at timestamptz not null
        )`.execute(db);
      await sql`
        create table export_record (
          file text not null,
          id text not null,
          fingerprint bytea not null,
          created_run integer not null,
          changed_run integer not null,
          closed boolean not null default false,
          primary key (file, id)
        )`.execute(db);
      await sql`create index on export_record (changed_run, file, id)`.execute(db);
      // What a run has written so far. A run that dies leaves it; the next one begins by emptying it.
      await sql`
        create unlogged table export_seen (file text not null, id text not null, fingerprint bytea not null)`.execute(
        db,
      );
    },
  },
};

export interface ExportTables {
  export_run: { id: number; made_at: Temporal.Instant };
  export_file: {
    name: string;
    key: string;
    bytes: number;
    plain_bytes: number;
    sha256: string;
    records: number;
    run: number;
    changed_at: Temporal.Instant;
  };
  export_record: {
    file: string;
    id: string;
    fingerprint: Buffer;
    created_run: number;
    changed_run: number;
    closed: boolean;
  };
  export_seen: { file: string; id: string; fingerprint: Buffer };
}

declare module '#platform/server/database/database.ts' {
  interface Tables extends ExportTables {}
}
