import { recordFrames } from '#modules/calls/server/index.ts';
import { loadDirectory } from '#modules/directory/server/index.ts';
import { loadInitiatives } from '#modules/initiatives/server/index.ts';
import { loadTerritories } from '#modules/territory/server/index.ts';
import type { Database } from '#platform/server/database/database.ts';
import type { Logger } from '#platform/server/log.ts';

export interface ReferenceSources {
  /** Folder of what people write and review. */
  readonly contentDir: string;
  /** Folder of what `scripts/prepare-territories.ts` writes. */
  readonly referenceDir: string;
}

/**
 * Loads what ships with the project into the tables: territories, initiatives, places, national frames of calls. Safe to run at each start and by several
 * processes: what has not changed is not touched.
 */
export const loadReferenceData = async (db: Database, sources: ReferenceSources, log: Logger): Promise<void> => {
  await loadTerritories(db, sources.referenceDir, log);
  await loadInitiatives(db, sources.contentDir, log);
  await loadDirectory(db, sources.contentDir, log);
  await recordFrames(db, sources.contentDir);
};
