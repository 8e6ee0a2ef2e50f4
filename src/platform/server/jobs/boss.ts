import { randomUUID } from 'node:crypto';
import { fromKysely, type Job, type JobResult, PgBoss } from 'pg-boss';
import type { Context } from '../context.ts';
import type { Database } from '../database/database.ts';
import type { Logger } from '../log.ts';
import type { AnyJob, EnqueueOptions, JobKind, Jobs } from './jobs.ts';
import { deadLetters, readOverview } from './overview.ts';

export interface JobsOptions {
  readonly url: string;
  /** Where jobs are added outside of a transaction. */
  readonly db: Database;
  readonly definitions: readonly AnyJob[];
  readonly log: Logger;
  /** Seconds between two looks at a queue. 2 unless said; 0.5 at least. */
  readonly pollSeconds?: number;
}

export interface RunningJobs {
  readonly jobs: Jobs;
  /** Begins to run the jobs in this process. `contextFor` makes the context of one run. */
  work(contextFor: (job: AnyJob) => Context): Promise<void>;
  /** Takes no new job, waits for those that run (30 s at most: then they will be tried again), closes. */
  stop(): Promise<void>;
}

/** Jobs fetched together by one process and run at the same time. */
const batchSize = 5;
const days = 86_400;

/**
 * Opens the queues (pg-boss, schema `pgboss`, which it migrates itself). Several processes may: a job runs in one of
 * them, once unless it fails or its process dies.
 */
export const openJobs = async (options: JobsOptions): Promise<RunningJobs> => {
  const { db, definitions, log } = options;
  const boss = new PgBoss({
    // Its own few connections: it expects dates as node-postgres gives them, where ours are Temporal.
    connectionString: options.url,
    max: 4,
    application_name: 'mille-jours-jobs',
    options: '-c datestyle=ISO,YMD -c timezone=UTC',
    schema: 'pgboss',
  });
  boss.on('error', (error) => log.error({ err: error }, 'jobs'));
  boss.on('warning', ({ message }) => log.warn({ warning: message }, 'jobs'));
  await boss.start();
  await prepareQueues(boss, definitions);
  return {
    jobs: jobsThrough(boss, db, definitions),
    work: async (contextFor) => {
      await prepareSchedules(boss, definitions);
      for (const definition of definitions) {
        await boss.work(
          definition.name,
          {
            batchSize,
            perJobResults: true,
            burstWhenBatchFull: true,
            pollingIntervalSeconds: options.pollSeconds ?? 2,
          },
          (batch: Job[]) => Promise.all(batch.map((job) => run(definition, job, contextFor(definition)))),
        );
      }
    },
    stop: () => boss.stop({ graceful: true, timeout: 30_000 }),
  };
};

const jobsThrough = (boss: PgBoss, db: Database, definitions: readonly AnyJob[]): Jobs => ({
  enqueue: async <T>(job: JobKind<T>, data: T, { startAfter, key }: EnqueueOptions = {}) => {
    if (!definitions.some(({ name }) => name === job.name)) throw new Error(`job ${job.name} is not registered`);
    job.data.parse(data);
    await boss.send(job.name, data as object, {
      db: fromKysely(db),
      // The queues hold one waiting job per key: jobs without a key each get their own.
      singletonKey: key ?? randomUUID(),
      ...(startAfter ? { startAfter: startAfter.toString() } : {}),
    });
  },
  inside: (inner) => jobsThrough(boss, inner, definitions),
  overview: () => readOverview(db, definitions),
  retry: async (deadLetterId) => (await boss.redrive(deadLetters, { ids: [deadLetterId], limit: 1 })) > 0,
});

const prepareQueues = async (boss: PgBoss, definitions: readonly AnyJob[]): Promise<void> => {
  // A dead letter waits three months for somebody to look at it.
  await boss.createQueue(deadLetters, { retentionSeconds: 90 * days });
  for (const { name, retries = 5, retryDelay = 30 } of definitions) {
    const settings = {
      retryLimit: retries,
      retryDelay,
      retryBackoff: true,
      retryDelayMax: 6 * 3_600,
      retentionSeconds: 30 * days,
      deleteAfterSeconds: 3 * days,
      deadLetter: deadLetters,
    };
    await boss.createQueue(name, { policy: 'short', ...settings });
    // Creating does nothing when the queue is there: the settings may have changed since.
    await boss.updateQueue(name, settings);
  }
};

/** Registers what comes back by itself, and forgets what no longer does. */
const prepareSchedules = async (boss: PgBoss, definitions: readonly AnyJob[]): Promise<void> => {
  const wanted = new Map(definitions.flatMap(({ name, every }) => (every ? [[name, every] as const] : [])));
  for (const { name } of await boss.getSchedules()) if (!wanted.has(name)) await boss.unschedule(name);
  for (const [name, cron] of wanted) {
    // After a night switched off, once is enough to catch up.
    await boss.schedule(name, cron, {}, { tz: 'Europe/Paris', missed: 'once' });
  }
};

const run = async (definition: AnyJob, job: Job, context: Context): Promise<JobResult> => {
  const data = definition.data.safeParse(job.data);
  // Data that cannot be read will not be readable later.
  if (!data.success) return { id: job.id, status: 'deadletter', output: { message: 'unreadable data' } };
  try {
    await definition.handle(context, data.data);
    return { id: job.id, status: 'completed' };
  } catch (error) {
    context.log.warn({ err: error, job: definition.name, id: job.id, tries: job.retryCount + 1 }, 'job failed');
    return { id: job.id, status: 'failed', output: { message: error instanceof Error ? error.message : 'unknown' } };
  }
};
