import { sql } from 'kysely';
import type { Database } from '../database/database.ts';
import type { AnyJob } from './jobs.ts';

/** Name of the queue of the jobs that failed for good. */
export const deadLetters = 'dead-letters';

export interface QueueOverview {
  readonly name: string;
  readonly purpose: string;
  /** Cron line, when it comes back by itself. */
  readonly every: string | undefined;
  readonly waiting: number;
  readonly running: number;
  /** Failed at least once and waiting for its next try. */
  readonly retrying: number;
  /** Ended well in the last days. */
  readonly done: number;
  /** Failed for good and not put back. */
  readonly dead: number;
}

export interface DeadLetter {
  readonly id: string;
  readonly queue: string;
  readonly enqueuedAt: Temporal.Instant;
  readonly diedAt: Temporal.Instant;
  readonly tries: number;
  /** Message of the last error. */
  readonly reason: string;
}

export interface JobsOverview {
  readonly queues: readonly QueueOverview[];
  /** The hundred most recent. */
  readonly dead: readonly DeadLetter[];
}

/** Counts the jobs by queue and lists the dead letters, straight from pg-boss's tables: its own counts are a minute old. */
export const readOverview = async (db: Database, definitions: readonly AnyJob[]): Promise<JobsOverview> => {
  const { rows: counts } = await sql<{ name: string; state: string; count: number }>`
    select case when name = ${deadLetters} then source_name else name end as name,
           case when name = ${deadLetters} then 'dead' else state::text end as state,
           count(*) as count
    from pgboss.job group by 1, 2`.execute(db);
  const { rows: dead } = await sql<DeadLetter>`
    select id, source_name as queue, coalesce(source_created_on, created_on) as "enqueuedAt",
           created_on as "diedAt", coalesce(source_retry_count, 0) + 1 as tries,
           coalesce(source_output ->> 'message', '') as reason
    from pgboss.job where name = ${deadLetters} and state = 'created'
    order by created_on desc limit 100`.execute(db);
  const countOf = (name: string, state: string): number =>
    counts.find((row) => row.name === name && row.state === state)?.count ?? 0;
  return {
    queues: definitions.map(({ name, purpose, every }) => ({
      name,
      purpose,
      every,
      waiting: countOf(name, 'created'),
      running: countOf(name, 'active'),
      retrying: countOf(name, 'retry'),
      done: countOf(name, 'completed'),
      dead: countOf(name, 'dead'),
    })),
    dead,
  };
};
