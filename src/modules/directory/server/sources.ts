import type { Database } from '#platform/server/database/database.ts';
import './tables.ts';

/** Somebody who publishes what the directory holds. */
export interface Source {
  /** `finess`, `document-004`. Never changes. */
  readonly id: string;
  /** As pages name it: « FINESS, extraction Etalab ». */
  readonly title: string;
  readonly publisher?: string;
  readonly licence?: string;
  readonly url?: string;
  /** ISO date of the data. */
  readonly dated?: string;
}

/** Declares a source, or brings what is said of it up to date. To be done before its records are saved. */
export const saveSource = async (db: Database, source: Source): Promise<void> => {
  const { id, title, publisher = null, licence = null, url = null, dated = null } = source;
  const row = { title, publisher, licence, url, dated };
  await db
    .insertInto('directory_source')
    .values({ id, ...row })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute();
};
