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
}

declare module '#platform/server/database/database.ts' {
  interface Tables extends InitiativeTables {}
}
