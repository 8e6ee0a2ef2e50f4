import type { ZodType } from 'zod';
import type { Context } from '../context.ts';
import type { Database } from '../database/database.ts';
import type { JobsOverview } from './overview.ts';

/** What one must know of a job to add one. */
export interface JobKind<T> {
  /** Stable: it is the name of the queue. `mail.deliver`. */
  readonly name: string;
  /** Small, and without personal data: a job refers to rows by their id. */
  readonly data: ZodType<T>;
}

/** Work done apart from the request. It may run twice: `handle` must lead to the same result. */
export interface JobDefinition<T = unknown> extends JobKind<T> {
  /** One sentence in French for the page of jobs. */
  readonly purpose: string;
  /**
   * Throws to be tried again; after the last try the job goes to the dead letters, with the message of the error:
   * that message must not hold personal data.
   */
  handle(context: Context, data: T): Promise<void>;
  /** Tries after the first, with growing delays. 5 unless said. */
  readonly retries?: number;
  /** Seconds before the second try, then about twice as long each time. 30 unless said. */
  readonly retryDelay?: number;
  /** Cron line in Europe/Paris when the job comes back by itself; its data are then `{}`. */
  readonly every?: string;
}

/** One of the registry, whatever its data. */
// biome-ignore lint/suspicious/noExplicitAny: a list of jobs of different data has no narrower common type.
export type AnyJob = JobDefinition<any>;

/** Keeps the type of the data through the registry. */
export const defineJob = <T>(definition: JobDefinition<T>): JobDefinition<T> => definition;

export interface EnqueueOptions {
  readonly startAfter?: Temporal.Instant;
  /** At most one waiting job with this key. A job that runs or is tried again does not count as waiting. */
  readonly key?: string;
}

export interface Jobs {
  /** Adds a job. In a transaction it exists only if the transaction commits. Refuses data that the schema refuses (throws). */
  enqueue<T>(job: JobKind<T>, data: T, options?: EnqueueOptions): Promise<void>;
  /** The same, writing through this transaction. */
  inside(db: Database): Jobs;
  /** What waits, runs and failed for good. For operators. */
  overview(): Promise<JobsOverview>;
  /** Puts a dead letter back in its queue. False when it is no longer there. */
  retry(deadLetterId: string): Promise<boolean>;
}
