import type { ColumnType } from 'kysely';
import type { Initiative } from '../initiative.ts';

export interface InitiativeTables {
  initiative: {
    slug: string;
    origin: string;
    title: string;
    name: string | null;
    holder: string;
    summary: string;
    calls: string[];
    priorities: number[];
    themes: string[];
    regions: string[];
    departements: string[];
    /** INSEE code; never together with `epci` (SIREN). Neither where the source names no place. */
    commune: string | null;
    epci: string | null;
    /** Written as JSON text. */
    notes: ColumnType<Initiative['notes'], string, string>;
    source: ColumnType<Initiative['source'], string, string>;
    /** Of the content file the row comes from; null for rows that come from elsewhere. */
    content_hash: string | null;
  };
  /** The calls of this site that chose a project. No key to `initiative`: content files are rewritten as a whole. */
  initiative_call: {
    slug: string;
    /** Of the application that was chosen: means something to whoever wrote it. */
    application: string;
    /** The kind of call, for the filters; null for one that no filter names. */
    kind: string | null;
    title: string;
    path: string;
    edition: string;
  };
}

declare module '#platform/server/database/database.ts' {
  interface Tables extends InitiativeTables {}
}
