import { sql } from 'kysely';
import { offersIndex, saveSource } from '#modules/directory/server/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { fixedClock } from '#platform/clock.ts';
import type { Indexes } from '#platform/server/indexes.ts';
import { type TestContext, testContext } from './context.ts';
import { type AtEnd, testDatabase } from './database.ts';

export interface DirectoryContext extends TestContext {
  /** Brings the index of offers up to what was written: nobody listens to changes in a test. */
  reindex(): Promise<void>;
}

/** A context on a database of its own that holds the territories and one source, `essai`, and no place yet. */
export const directoryContext = async (now = '2026-11-21T10:00:00Z', atEnd?: AtEnd): Promise<DirectoryContext> => {
  const { db } = await testDatabase('loaded', atEnd);
  await sql`truncate directory_source, directory_content, offer, timetable cascade`.execute(db);
  await saveSource(db, { id: 'essai', title: 'Essai', dated: '2026-05-12' });
  const clock = fixedClock(now);
  const values = new Map<string, unknown>([
    [territoryIndex.name, await territoryIndex.build(db)],
    [offersIndex.name, await offersIndex.build(db, clock)],
  ]);
  // Each value is under the name of its own definition.
  const indexes: Indexes = {
    get: <T>({ name }: { name: string }): T => values.get(name) as T,
    states: () => ({}),
    ready: async () => {},
  };
  return {
    ...testContext(db, { indexes, clock }),
    reindex: async () => {
      values.set(offersIndex.name, await offersIndex.build(db, clock));
    },
  };
};
