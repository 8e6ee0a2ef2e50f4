import { mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { gunzipSync, gzipSync } from 'node:zlib';
import { type Kysely, sql } from 'kysely';
import { describe, expect, onTestFinished, test } from 'vitest';
import { fixedClock } from '#platform/clock.ts';
import { testDatabase } from '#testing/database.ts';
import { writeBackup } from './backup.ts';
import type { Database } from './database.ts';
import { type Migrations, migrate } from './migrate.ts';
import { inOneConnection } from './one-connection.ts';
import { restoreBackup } from './restore.ts';

const clock = fixedClock('2026-11-21T10:00:00Z');

const through =
  (...statements: string[]) =>
  async (db: Kysely<unknown>): Promise<void> => {
    for (const statement of statements) await sql.raw(statement).execute(db);
  };

/** A house of two migrations, with what makes copying hard: keys both ways, given numbers, computed columns, triggers. */
const older: Migrations = {
  '0001-people': {
    up: through(
      `create type mood as enum ('calm', 'tired')`,
      `create table person (
         id integer generated always as identity primary key, name text not null, friend integer,
         "odd name" text, mood mood not null default 'calm', seen timestamptz, facts jsonb, picture bytea,
         shout text generated always as (upper(name)) stored)`,
      `create table badge (number bigserial primary key, person integer not null references person (id))`,
      `alter table person add column badge bigint references badge (number)`,
      `alter table person add foreign key (friend) references person (id)`,
      `create function no_more() returns trigger language plpgsql as $$ begin raise exception 'closed'; end $$`,
      `create trigger closed before delete on badge for each row execute function no_more()`,
      `create unlogged table counter (n integer)`,
    ),
  },
};
const newer: Migrations = {
  ...older,
  '0002-nickname': {
    up: through(
      `alter table person add column nickname text`,
      `update person set nickname = lower(name)`,
      `create table town (code text primary key)`,
    ),
  },
};

/** Without it, what is measured is how lazy the collector is. */
setFlagsFromString('--expose_gc');
const collectGarbage = runInNewContext('gc') as () => void;

const folder = (): string => {
  const made = mkdtempSync(path.join(tmpdir(), 'mille-jours-backup-'));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
};

/** Address of a database without any table, to which nobody is connected. */
const bareDatabase = async (): Promise<string> => {
  const { db, url } = await testDatabase('bare');
  await db.destroy();
  return url;
};

const inhabited = async (migrations: Migrations = older): Promise<string> => {
  const url = await bareDatabase();
  await inOneConnection(url, async (db) => {
    await migrate(db, migrations);
    await through(
      `insert into person (name, "odd name", mood, seen, facts, picture) values
         ('Zoé', E'tab\\t line\\n back\\\\ \\\\N end', 'tired', '2026-11-21 10:00:00.123456+00', '{"a": [1, null, "é"]}', '\\x00ff'),
         ('', null, 'calm', 'infinity', 'null', '')`,
      `update person set friend = 3 - id`,
      `insert into badge (person) values (1), (2), (2)`,
      `update person set badge = 1 where id = 1`,
      `insert into counter values (7)`,
      `select nextval('badge_number_seq')`,
    )(db as unknown as Kysely<unknown>);
  });
  return url;
};

/** All that the tables hold, as text. */
const contents = (url: string): Promise<string> =>
  inOneConnection(url, async (db) => {
    const people = await sql`select person::text from person order by id`.execute(db);
    const badges = await sql`select badge::text from badge order by number`.execute(db);
    return JSON.stringify([people.rows, badges.rows]);
  });

const value = <T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T => {
  if (!result.ok) throw new Error(String(result.error));
  return result.value;
};

const backedUp = async (url: string): Promise<string> => {
  const file = path.join(folder(), 'backup.mj');
  value(await writeBackup(url, file, clock));
  return file;
};

test('what is backed up is restored the same, and life goes on', async () => {
  const source = await inhabited();
  const file = await backedUp(source);
  expect(statSync(file).mode & 0o777).toBe(0o600);

  const target = await bareDatabase();
  const summary = value(await restoreBackup({ url: target, file, migrations: older }));
  expect(summary).toEqual({ madeAt: '2026-11-21T10:00:00Z', tables: 2, rows: 5, migrated: [] });
  expect(await contents(target)).toBe(await contents(source));
  await inOneConnection(target, async (db) => {
    // Numbers go on after those that were given, even to rows that are gone; keys and triggers stand again.
    expect((await sql`insert into badge (person) values (1) returning number`.execute(db)).rows).toEqual([
      { number: 5 },
    ]);
    expect((await sql`insert into person (name) values ('x') returning id, shout`.execute(db)).rows).toEqual([
      { id: 3, shout: 'X' },
    ]);
    expect((await sql`select from counter`.execute(db)).rows).toEqual([]);
  });
  await expect(
    inOneConnection(target, (db) => sql`insert into badge (person) values (99)`.execute(db)),
  ).rejects.toThrow('foreign key');
  await expect(inOneConnection(target, (db) => sql`delete from badge`.execute(db))).rejects.toThrow('closed');
});

test('an older backup is restored into its own schema, then brought to the newest', async () => {
  const file = await backedUp(await inhabited(older));
  const target = await bareDatabase();
  const summary = value(await restoreBackup({ url: target, file, migrations: newer }));
  expect(summary.migrated).toEqual(['0002-nickname']);
  const names = await inOneConnection(target, (db) => sql`select name, nickname from person order by id`.execute(db));
  expect(names.rows).toEqual([
    { name: 'Zoé', nickname: 'zoé' },
    { name: '', nickname: '' },
  ]);
});

test('a backup from a newer version is refused with a sentence', async () => {
  const file = await backedUp(await inhabited(newer));
  const target = await bareDatabase();
  const refused = await restoreBackup({ url: target, file, migrations: older });
  expect(refused).toMatchObject({ ok: false, error: expect.stringContaining('0002-nickname') });
  expect(refused).toMatchObject({ error: expect.stringContaining('version plus récente') });
});

test('a database that holds a row is refused, unless it is to be replaced', async () => {
  const file = await backedUp(await inhabited());
  const target = await inhabited(newer);
  await inOneConnection(target, (db) => sql`insert into town values ('29019')`.execute(db));
  const before = await contents(target);
  const refused = await restoreBackup({ url: target, file, migrations: newer });
  expect(refused).toMatchObject({ ok: false, error: expect.stringContaining('badge, counter, person, town') });
  expect(await contents(target)).toBe(before);

  value(await restoreBackup({ url: target, file, migrations: newer, replace: true }));
  const towns = await inOneConnection(target, (db) => sql`select from town`.execute(db));
  expect(towns.rows).toEqual([]);
});

test('a database whose tables are empty is not in the way', async () => {
  const file = await backedUp(await inhabited());
  const target = await bareDatabase();
  await inOneConnection(target, (db) => migrate(db, newer));
  expect(value(await restoreBackup({ url: target, file, migrations: newer })).rows).toBe(5);
});

test('nothing is restored under the feet of somebody else', async () => {
  const file = await backedUp(await inhabited());
  const { url } = await testDatabase();
  const refused = await inOneConnection(url, () => restoreBackup({ url, file, migrations: older }));
  expect(refused).toMatchObject({ ok: false, error: expect.stringContaining('arrêtez-le d’abord') });
});

describe('a file that is not as it was written is refused and nothing is changed', () => {
  const change = (file: string, of: (bytes: Buffer) => Buffer): void => {
    writeFileSync(file, gzipSync(of(gunzipSync(readFileSync(file)))));
  };
  const damages: [string, (file: string) => void][] = [
    ['cut at its end', (file) => truncateSync(file, statSync(file).size - 1)],
    ['cut in the middle', (file) => truncateSync(file, statSync(file).size >> 1)],
    ['empty', (file) => truncateSync(file, 0)],
    ['something else', (file) => writeFileSync(file, 'Chère Odile,')],
    ['something else, compressed', (file) => writeFileSync(file, gzipSync('Chère Odile,'))],
    ['cut before it was compressed', (file) => change(file, (bytes) => bytes.subarray(0, bytes.length - 10))],
    [
      'one letter changed in a row',
      (file) => change(file, (bytes) => Buffer.from(bytes.toString('latin1').replace('Zo', 'Zi'), 'latin1')),
    ],
    [
      'another date in the header',
      (file) => change(file, (bytes) => Buffer.from(bytes.toString('latin1').replace('"2026-', '"2025-'), 'latin1')),
    ],
    [
      'a table that the header does not name',
      (file) =>
        change(file, (bytes) =>
          Buffer.from(bytes.toString('latin1').replace('"name":"badge"', '"name":"bedge"'), 'latin1'),
        ),
    ],
  ];
  test.each(damages)('%s', async (_what, damage) => {
    const file = await backedUp(await inhabited());
    damage(file);
    const target = await inhabited(newer);
    const before = await contents(target);
    const refused = await restoreBackup({ url: target, file, migrations: newer, replace: true });
    expect(refused.ok ? '' : refused.error).toMatch(/sauvegarde.*Rien n’a été modifié\.$/);
    expect(await contents(target)).toBe(before);
  });
});

test('rows that break a key are refused as a whole', async () => {
  const source = await inhabited();
  await inOneConnection(source, (db) => sql`alter table badge drop constraint badge_person_fkey`.execute(db));
  await inOneConnection(source, (db) => sql`insert into badge (person) values (99)`.execute(db));
  const file = await backedUp(source);
  const target = await inhabited(newer);
  const before = await contents(target);
  await expect(restoreBackup({ url: target, file, migrations: older, replace: true })).rejects.toThrow('foreign key');
  expect(await contents(target)).toBe(before);
});

test('a backup is of one instant: what is written while it copies is not in it', async () => {
  const source = await inhabited();
  const file = path.join(folder(), 'backup.mj');
  let backup: ReturnType<typeof writeBackup> | undefined;
  await inOneConnection(source, async (db) => {
    // The backup waits for badge; person comes after it.
    await sql`lock table badge in access exclusive mode`.execute(db);
    backup = writeBackup(source, file, clock);
    const waiting = sql`select pg_stat_clear_snapshot() from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`;
    for (let tries = 0; tries < 500 && (await waiting.execute(db)).rows.length === 0; tries += 1) await sleep(10);
    await sql`insert into person (name) values ('late')`.execute(db);
    await sql`insert into badge (person) select id from person where name = 'late'`.execute(db);
  });
  expect(await backup).toMatchObject({ ok: true });
  const target = await bareDatabase();
  expect(value(await restoreBackup({ url: target, file, migrations: older })).rows).toBe(5);
});

test('a file is never written over, and a folder that is not there is told', async () => {
  const source = await inhabited();
  const file = await backedUp(source);
  const before = readFileSync(file);
  expect(await writeBackup(source, file, clock)).toMatchObject({
    ok: false,
    error: expect.stringContaining('existe déjà'),
  });
  expect(readFileSync(file).equals(before)).toBe(true);
  const nowhere = path.join(folder(), 'nowhere', 'backup.mj');
  expect(await writeBackup(source, nowhere, clock)).toMatchObject({
    ok: false,
    error: expect.stringContaining('Le dossier'),
  });
  expect(await restoreBackup({ url: source, file: nowhere, migrations: older })).toMatchObject({ ok: false });
});

test('a hundred thousand long rows go out and back in little memory', { timeout: 300_000 }, async () => {
  const source = await bareDatabase();
  const migrations: Migrations = {
    '0001-long': { up: through('create table long (id integer primary key, text text)') },
  };
  await inOneConnection(source, async (db: Database) => {
    await migrate(db, migrations);
    await sql`insert into long select n, repeat(md5(n::text), 32) from generate_series(1, 100000) n`.execute(db);
  });
  const file = path.join(folder(), 'backup.mj');
  // Twice: what the first finds dead is given back beside us, and done for sure only when the second begins.
  const held = (): number => {
    collectGarbage();
    collectGarbage();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return (heapUsed + arrayBuffers) / 1e6;
  };
  const before = held();
  let most = 0;
  const watch = setInterval(() => {
    most = Math.max(most, held() - before);
  }, 200);
  expect(value(await writeBackup(source, file, clock)).rows).toBe(100_000);
  const target = await bareDatabase();
  expect(value(await restoreBackup({ url: target, file, migrations })).rows).toBe(100_000);
  clearInterval(watch);
  // Megabytes. The rows are 105: whoever keeps them all holds twice as much as this.
  expect(most).toBeLessThan(50);
});
