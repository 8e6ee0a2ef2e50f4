import { fixedClock } from '#platform/clock.ts';
import type { Database } from '#platform/server/database/database.ts';
import { type IndexDefinition, type Indexes, keepIndexes } from '#platform/server/indexes.ts';
import { createLogger } from '#platform/server/log.ts';

/** These indexes, built once on the database of a test, at the moment of its context, and never again. */
export const testIndexes = async (db: Database, definitions: readonly IndexDefinition<unknown>[]): Promise<Indexes> => {
  const silence = { on: () => () => {}, stop: async () => {} };
  const indexes = keepIndexes(definitions, db, silence, createLogger('silent'), fixedClock('2026-11-21T10:00:00Z'));
  await indexes.ready();
  return indexes;
};
