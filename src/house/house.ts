import { type BaseMap, chosenBaseMap } from '#modules/directory/server/index.ts';
import { systemClock } from '#platform/clock.ts';
import type { Actor, Context } from '#platform/server/context.ts';
import { listenToChanges } from '#platform/server/database/changes.ts';
import { createDatabase, createPool } from '#platform/server/database/database.ts';
import { readEntrances } from '#platform/server/demonstration/entrances.ts';
import { openFiles } from '#platform/server/files/files.ts';
import { createRateLimits, type RateLimits } from '#platform/server/http/rate-limit.ts';
import { createProviders, type Provider } from '#platform/server/identity/federation.ts';
import { type Indexes, keepIndexes } from '#platform/server/indexes.ts';
import { openJobs, type RunningJobs } from '#platform/server/jobs/boss.ts';
import { createLogger, type Logger } from '#platform/server/log.ts';
import { createMailer } from '#platform/server/mail/outbox.ts';
import type { Settings } from '#platform/server/settings.ts';
import { indexes as indexDefinitions } from './indexes.ts';
import { jobDefinitions } from './jobs.ts';

/** The house with its lights on: everything a request, a job or a command needs, made once per process. */
export interface House {
  readonly settings: Settings;
  readonly log: Logger;
  readonly indexes: Indexes;
  readonly limits: RateLimits;
  readonly jobs: RunningJobs;
  /** The base holds fictional people and nobody else: every page says so. */
  readonly demonstration: boolean;
  /** The base map that the operator chose instead of ours. */
  readonly baseMap: BaseMap | undefined;
  /** Who else may vouch for people, as the operator configured. */
  readonly providers: readonly Provider[];
  /** What one request, job or command may use. `log` carries its identifier. */
  context(actor: Actor, log?: Logger): Context;
  close(): Promise<void>;
}

/** Lights the house on a prepared database. `work`: whether this process also does the jobs. */
export const lightHouse = async (settings: Settings, url: string, { work }: { work: boolean }): Promise<House> => {
  const log = createLogger(settings.LOG_LEVEL);
  const pool = createPool(url);
  const db = createDatabase(pool);
  const changes = listenToChanges(url, (error) => log.warn({ err: error }, 'listening to changes again'));
  const kept = indexDefinitions.filter(({ siteOnly }) => work || !siteOnly);
  const indexes = keepIndexes(kept, db, changes, log);
  const jobs = await openJobs({ url, db, definitions: jobDefinitions(settings), log });
  const mail = createMailer(db, jobs.jobs);
  const files = openFiles(settings);

  const context = (actor: Actor, requestLog: Logger = log): Context => ({
    ...{ db, clock: systemClock, actor, jobs: jobs.jobs, mail, indexes, files },
    log: requestLog,
  });
  await indexes.ready();
  // Only an empty base becomes a demonstration, before a site opens it: it is asked once.
  const demonstration = work && (await readEntrances(db)).length > 0;
  if (work) await jobs.work(() => context({ kind: 'system' }));

  return {
    ...{ settings, log, indexes, jobs, context, demonstration },
    limits: createRateLimits(settings, pool),
    providers: createProviders(settings, log),
    baseMap: work ? chosenBaseMap(settings) : undefined,
    close: async () => {
      await jobs.stop();
      await changes.stop();
      await db.destroy();
    },
  };
};
