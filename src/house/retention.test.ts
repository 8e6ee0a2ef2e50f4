import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { fixedClock, systemClock } from '#platform/clock.ts';
import { applyRetention, countDue } from '#platform/server/retention/apply.ts';
import { ageWords } from '#platform/server/retention/rule.ts';
import { readSettings } from '#platform/server/settings.ts';
import { testContext } from '#testing/context.ts';
import { testDatabase } from '#testing/database.ts';
import { tableCatalogue } from './data-protection.ts';
import { runDbCommand } from './db-command.ts';
import { jobDefinitions } from './jobs.ts';
import { retentionRules } from './retention.ts';

test('every table says once how long it is kept: by a rule, or, when something else than time ends it, in its entry', () => {
  const ruled = new Set(retentionRules.map(({ table }) => table));
  for (const [table, { kept }] of Object.entries(tableCatalogue)) {
    expect([table, ruled.has(table), kept !== undefined && kept !== '']).toEqual([
      table,
      ruled.has(table),
      !ruled.has(table),
    ]);
  }
  for (const table of ruled) expect(tableCatalogue[table], table).toBeDefined();
});

test('every rule of time can be counted, has its own name, and what a job ends is ended by a job that exists', async () => {
  const { db } = await testDatabase();
  const counts = await countDue(testContext(db), retentionRules);
  expect(counts.length).toBeGreaterThan(10);
  for (const { rule, rows } of counts) expect([rule.name, rows]).toEqual([rule.name, 0]);
  expect(new Set(counts.map(({ rule }) => rule.name)).size).toBe(counts.length);
  const settings = readSettings({});
  const jobs = settings.ok ? jobDefinitions(settings.value).map(({ name }) => name) : [];
  for (const rule of retentionRules) {
    if (rule.ends === 'event' && rule.job) expect(jobs).toContain(rule.job);
  }
});

test('a counter of sendings goes once its quarter of an hour is over, not before', async () => {
  const { db } = await testDatabase();
  const end = Temporal.Instant.from('2026-11-22T10:15:00Z').epochMilliseconds;
  await sql`insert into rate_limit (key, points, expire) values ('over', 1, ${end}), ('counts', 1, ${end + 1})`.execute(
    db,
  );
  const rules = retentionRules.filter(({ table }) => table === 'rate_limit');
  await applyRetention(testContext(db, { clock: fixedClock('2026-11-22T10:15:00Z') }), rules);
  expect((await sql`select key from rate_limit`.execute(db)).rows).toEqual([{ key: 'counts' }]);
});

/** Old messages that were sent, and one of today, on a base of its own. */
const outbox = async (old: number) => {
  const { db, url } = await testDatabase();
  const now = systemClock.now();
  const insert = (rows: number, sent: Temporal.Instant) =>
    sql`
    insert into mail_outbox (recipient, subject, body, status, sent_at)
    select 'a@b.example', 'x', 'x', 'sent', ${sent.toString()}::timestamptz from generate_series(1, ${rows})`.execute(
      db,
    );
  await insert(old, now.subtract({ hours: 24 * 31 }));
  await insert(1, now);
  const left = async (): Promise<number> => {
    const { rows } = await sql<{ count: number }>`select count(*) as count from mail_outbox`.execute(db);
    return rows[0]?.count ?? 0;
  };
  const environment = { DATABASE_URL: url, LOG_LEVEL: 'silent' };
  const run = async (...words: string[]): Promise<string> => {
    const sentences: string[] = [];
    expect(await runDbCommand(words, environment, '.', (sentence) => sentences.push(sentence))).toBe(0);
    return sentences.join('\n').replaceAll(/[ \u202f\u00a0]+/g, ' ');
  };
  return { db, left, run, environment };
};

test('the command counts by rule without erasing, then erases the same', async () => {
  const { left, run } = await outbox(3);
  const tried = await run('retention', '--dry-run');
  expect(tried).toContain('rien ne l’a été');
  expect(tried).toContain('mail.sent 3 lignes Un message envoyé, 30 jours après l’envoi');
  for (const rule of retentionRules) if (rule.ends === 'time') expect(tried).toContain(`${rule.name} `);
  expect(await left()).toBe(4);
  expect(await run('retention')).toContain('mail.sent 3 lignes');
  expect(await left()).toBe(1);
  expect(await run('retention')).toContain('mail.sent 0 ligne ');
});

test('a process killed in the middle has erased what it had erased, and the next one ends the work', async () => {
  const { db, left, run, environment } = await outbox(2_500);
  // The third batch waits for a lock that we hold: the process is killed there, however fast the machine is.
  await sql`
    create function hold() returns trigger language plpgsql as $$
    begin
      if (select count(*) from mail_outbox) <= 1501 then perform pg_advisory_xact_lock(42); end if;
      return null;
    end $$`.execute(db);
  await sql`create trigger hold before delete on mail_outbox for each statement execute function hold()`.execute(db);
  await db.connection().execute(async (holder) => {
    await sql`select pg_advisory_lock(42)`.execute(holder);
    const child = spawn(process.execPath, ['scripts/db.ts', 'retention'], {
      env: { ...process.env, ...environment },
      stdio: 'ignore',
    });
    const gone = once(child, 'exit');
    onTestFinished(() => void child.kill('SIGKILL'));
    await expect.poll(left, { timeout: 60_000, interval: 50 }).toBe(1_501);
    child.kill('SIGKILL');
    expect(await gone).toEqual([null, 'SIGKILL']);
    await sql`select pg_advisory_unlock(42)`.execute(holder);
  });
  await sql`drop trigger hold on mail_outbox`.execute(db);
  expect(await left()).toBeLessThanOrEqual(1_501);
  await run('retention');
  expect(await left()).toBe(1);
}, 120_000);

test('no age of a rule is empty but that of what has a term of its own', () => {
  for (const rule of retentionRules) {
    if (rule.ends !== 'time') continue;
    const hasTerm = rule.column === 'expires_at' || rule.table === 'rate_limit';
    expect(ageWords(rule.age) === 'aussitôt', rule.name).toBe(hasTerm);
  }
});
