import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { testContext } from '#testing/context.ts';
import { type TestDatabase, testDatabase } from '#testing/database.ts';
import { inTransaction } from '../context.ts';
import { createLogger } from '../log.ts';
import { openJobs, type RunningJobs } from './boss.ts';
import { defineJob, type JobDefinition } from './jobs.ts';

const log = createLogger('silent');

// biome-ignore lint/suspicious/noExplicitAny: jobs of different data.
const open = async (database: TestDatabase, ...definitions: JobDefinition<any>[]): Promise<RunningJobs> => {
  const opened = await openJobs({ ...database, definitions, log, pollSeconds: 0.5 });
  onTestFinished(() => opened.stop());
  return opened;
};

const work = (opened: RunningJobs, { db }: TestDatabase): Promise<void> =>
  opened.work(() => testContext(db, { jobs: opened.jobs }));

/** A job that writes down what it was given, after `doing`. */
const notebook = (more: Partial<JobDefinition<{ word: string }>> = {}) => {
  const words: string[] = [];
  const job = defineJob<{ word: string }>({
    name: 'test.note',
    purpose: 'Note un mot.',
    data: z.object({ word: z.string() }),
    handle: async (_context, { word }) => {
      words.push(word);
    },
    ...more,
  });
  return { job, words };
};

const until = async (condition: () => boolean | Promise<boolean>): Promise<void> => {
  for (let tries = 0; tries < 150; tries += 1) {
    if (await condition()) return;
    await sleep(100);
  }
  throw new Error('waited 15 s in vain');
};

test('a job added in a transaction runs once it is committed; a rolled back one never exists', async () => {
  const database = await testDatabase();
  const { job, words } = notebook();
  const opened = await open(database, job);
  const context = testContext(database.db, { jobs: opened.jobs });

  await inTransaction(context, async (inside) => inside.jobs.enqueue(job, { word: 'kept' }));
  await expect(
    inTransaction(context, async (inside) => {
      await inside.jobs.enqueue(job, { word: 'lost' });
      throw new Error('changed our mind');
    }),
  ).rejects.toThrow('changed our mind');

  expect((await opened.jobs.overview()).queues[0]?.waiting).toBe(1);
  await work(opened, database);
  await until(async () => (await opened.jobs.overview()).queues[0]?.done === 1);
  expect(words).toEqual(['kept']);
});

test('a job that fails is tried again, then goes to the dead letters with its reason, from where it can be put back', async () => {
  const database = await testDatabase();
  let healed = false;
  let tries = 0;
  const { job } = notebook({
    retries: 1,
    retryDelay: 1,
    handle: async () => {
      tries += 1;
      if (!healed) throw new Error('the other side does not answer');
    },
  });
  const opened = await open(database, job);
  await opened.jobs.enqueue(job, { word: 'hello' });
  await work(opened, database);

  await until(async () => (await opened.jobs.overview()).dead.length === 1);
  expect(tries).toBe(2);
  const { dead, queues } = await opened.jobs.overview();
  expect(dead[0]).toMatchObject({ queue: 'test.note', tries: 2, reason: 'the other side does not answer' });
  expect(dead[0]?.diedAt).toBeInstanceOf(Temporal.Instant);
  expect(queues[0]).toMatchObject({ name: 'test.note', purpose: 'Note un mot.', dead: 1, waiting: 0 });

  healed = true;
  expect(await opened.jobs.retry(dead[0]?.id ?? '')).toBe(true);
  await until(async () => (await opened.jobs.overview()).queues[0]?.done === 1);
  expect((await opened.jobs.overview()).dead).toEqual([]);
  expect(await opened.jobs.retry(dead[0]?.id ?? '')).toBe(false);
});

test('data that the schema refuses are never added, and unreadable ones go straight to the dead letters', async () => {
  const database = await testDatabase();
  const { job, words } = notebook();
  const opened = await open(database, job);
  await expect(opened.jobs.enqueue(job, { word: 3 } as never)).rejects.toThrow();
  await expect(opened.jobs.enqueue({ ...job, name: 'test.unknown' }, { word: 'x' })).rejects.toThrow('not registered');

  const older: JobDefinition<{ mot: string }> = { ...job, data: z.object({ mot: z.string() }), handle: async () => {} };
  await opened.jobs.enqueue(older, { mot: 'x' });
  await work(opened, database);
  await until(async () => (await opened.jobs.overview()).dead.length === 1);
  expect(words).toEqual([]);
});

test('two processes never run the same job, and one key waits only once', async () => {
  const database = await testDatabase();
  const { job, words } = notebook();
  const [one, two] = await Promise.all([open(database, job), open(database, job)]);
  for (let number = 0; number < 40; number += 1) await one.jobs.enqueue(job, { word: `w${number}` });
  await one.jobs.enqueue(job, { word: 'same' }, { key: 'k' });
  await two.jobs.enqueue(job, { word: 'same' }, { key: 'k' });
  await Promise.all([work(one, database), work(two, database)]);
  await until(async () => (await one.jobs.overview()).queues[0]?.done === 41);
  expect(new Set(words).size).toBe(41);
  expect(words.length).toBe(41);
});

test('stopping lets a running job finish and takes no other', async () => {
  const database = await testDatabase();
  const finished: string[] = [];
  let begun = false;
  const { job } = notebook({
    handle: async (_context, { word }) => {
      begun = true;
      await sleep(700);
      finished.push(word);
    },
  });
  const opened = await open(database, job);
  await opened.jobs.enqueue(job, { word: 'first' });
  await work(opened, database);
  await until(() => begun);
  await opened.jobs.enqueue(job, { word: 'second' });
  await opened.stop();
  expect(finished).toEqual(['first']);

  const next = await open(database, job);
  await work(next, database);
  await until(() => finished.length === 2);
  expect(finished).toEqual(['first', 'second']);
});

test('what comes back by itself is registered in the time of Paris, and forgotten when it no longer does', async () => {
  const database = await testDatabase();
  const nightly = notebook({ every: '15 3 * * *', data: z.object({}).transform(() => ({ word: '' })) }).job;
  const schedules = async () => {
    const { sql } = await import('kysely');
    return (await sql`select name, cron, timezone from pgboss.schedule`.execute(database.db)).rows;
  };
  const first = await open(database, nightly);
  await work(first, database);
  expect(await schedules()).toEqual([{ name: 'test.note', cron: '15 3 * * *', timezone: 'Europe/Paris' }]);
  expect((await first.jobs.overview()).queues[0]?.every).toBe('15 3 * * *');
  await first.stop();

  const second = await open(database, notebook().job);
  await work(second, database);
  expect(await schedules()).toEqual([]);
});

test('a job may wait for its moment', async () => {
  const database = await testDatabase();
  const { job, words } = notebook();
  const opened = await open(database, job);
  await opened.jobs.enqueue(job, { word: 'later' }, { startAfter: Temporal.Instant.from('2999-01-01T00:00:00Z') });
  await opened.jobs.enqueue(job, { word: 'now' });
  await work(opened, database);
  await until(() => words.includes('now'));
  expect((await opened.jobs.overview()).queues[0]?.waiting).toBe(1);
});
