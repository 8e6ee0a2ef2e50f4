import { createHash } from 'node:crypto';
import { type Clock, fixedClock } from '#platform/clock.ts';
import { ok } from '#platform/result.ts';
import type { Context } from '#platform/server/context.ts';
import type { Database } from '#platform/server/database/database.ts';
import type { FileStore } from '#platform/server/files/store.ts';
import type { Indexes } from '#platform/server/indexes.ts';
import type { Jobs } from '#platform/server/jobs/jobs.ts';
import { createLogger } from '#platform/server/log.ts';
import type { Mail, Mailer } from '#platform/server/mail/mail.ts';

export interface Enqueued {
  readonly name: string;
  readonly data: unknown;
}

export interface TestContext extends Context {
  /** Jobs added, in order. Nothing runs them. A transaction that is undone does not take them back. */
  readonly enqueued: readonly Enqueued[];
  /** Mails posted, in order. Nothing sends them. */
  readonly posted: readonly Mail[];
}

/** A context for a test: a clock that stands still, and jobs and mails that are only written down. */
export const testContext = (db: Database, more: Partial<Context> & { readonly clock?: Clock } = {}): TestContext => {
  const enqueued: Enqueued[] = [];
  const posted: Mail[] = [];
  const jobs: Jobs = {
    enqueue: async (job, data) => {
      enqueued.push({ name: job.name, data: job.data.parse(data) });
    },
    inside: () => jobs,
    overview: async () => ({ queues: [], dead: [] }),
    retry: async () => false,
  };
  const mail: Mailer = {
    post: async (message) => {
      posted.push(message);
    },
    inside: () => mail,
  };
  const indexes: Indexes = {
    get: (definition) => {
      throw new Error(`index ${definition.name} is not built in this test`);
    },
    states: () => ({}),
    ready: async () => {},
  };
  return {
    db,
    clock: fixedClock('2026-11-21T10:00:00Z'),
    actor: { kind: 'visitor' },
    jobs,
    mail,
    indexes,
    files: memoryFiles(),
    log: createLogger('silent'),
    ...more,
    enqueued,
    posted,
  };
};

/** Files that live as long as the test. */
const memoryFiles = (): FileStore => {
  const kept = new Map<string, Uint8Array<ArrayBuffer>>();
  return {
    put: async (key, content) => {
      const parts = content instanceof Uint8Array ? [content] : await Array.fromAsync(content);
      const bytes = new Uint8Array(Buffer.concat(parts));
      kept.set(key, bytes);
      return ok({ bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') });
    },
    get: async (key) => {
      const bytes = kept.get(key);
      return bytes && { bytes: bytes.length, body: new Blob([bytes]).stream() };
    },
    delete: async (key) => {
      kept.delete(key);
    },
  };
};
