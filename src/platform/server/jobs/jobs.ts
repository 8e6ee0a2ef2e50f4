import type { ZodType } from 'zod';
import type { Context } from '../context.ts';
import type { Database } from '../database/database.ts';

/** Work done apart from the request. It may run twice: `handle` must lead to the same result. */
export interface JobDefinition<T = unknown> {
  /** Stable: it is the name of the queue. `mail.deliver`. */
  readonly name: string;
  readonly data: ZodType<T>;
  /** One sentence in French for the page of jobs. */
  readonly purpose: string;
  /** Throws to be tried again; after the last try the job goes to the dead letters. */
  handle(context: Context, data: T): Promise<void>;
  /** Tries after the first, with growing delays. 5 unless said. */
  readonly retries?: number;
  /** Cron line in Europe/Paris when the job comes back by itself; its data are then `{}`. */
  readonly every?: string;
}

/** Keeps the type of the data through the registry. */
export const defineJob = <T>(definition: JobDefinition<T>): JobDefinition<T> => definition;

export interface EnqueueOptions {
  readonly startAfter?: Temporal.Instant;
  /** At most one waiting job with this key. */
  readonly key?: string;
}

export interface Jobs {
  /** Adds a job. In a transaction it exists only if the transaction commits. Refuses data that the schema refuses (throws). */
  enqueue<T>(job: JobDefinition<T>, data: T, options?: EnqueueOptions): Promise<void>;
  /** The same, writing through this transaction. */
  inside(db: Database): Jobs;
}
