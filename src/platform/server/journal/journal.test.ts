import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { fixedClock } from '#platform/clock.ts';
import { ok, type Result, refuse } from '#platform/result.ts';
import { testContext } from '#testing/context.ts';
import { testDatabase } from '#testing/database.ts';
import { inTransaction } from '../context.ts';
import type { Database } from '../database/database.ts';
import { canonical, type Json } from './chain.ts';
import { takeCheckpoint } from './checkpoint.ts';
import { append, type JournalEvent, readStream } from './journal.ts';
import { loadStream, type StreamDefinition, withStream } from './stream.ts';
import { verifyJournal } from './verify.ts';

const happened = (note: string): JournalEvent => ({ type: 'Happened-V1', data: { note } });

/** What JSON can carry and PostgreSQL can keep. */
const json = fc.jsonValue({ maxDepth: 3 }).filter((value) => {
  try {
    canonical(value as Json);
    return true;
  } catch {
    return false;
  }
}) as fc.Arbitrary<Json>;

test('events are read back in order, with who and when', async () => {
  const { db } = await testDatabase();
  const clock = fixedClock('2026-11-21T10:00:00.123456789Z');
  const context = testContext(db, { clock, actor: { kind: 'operator' } });
  expect((await append(context, 'call/1', 0, [happened('a'), happened('b')])).ok).toBe(true);
  expect((await append(context, 'call/1', 2, [happened('c')])).ok).toBe(true);
  const events = await readStream(db, 'call/1');
  expect(events.map(({ version, data }) => [version, data.note])).toEqual([
    [1, 'a'],
    [2, 'b'],
    [3, 'c'],
  ]);
  expect(events[0]).toMatchObject({ actor: 'operator', type: 'Happened-V1' });
  expect(events[0]?.recordedAt.toString()).toBe('2026-11-21T10:00:00.123457Z');
  expect(await readStream(db, 'call/2')).toEqual([]);
});

test.each([[1], [7]])(
  'expecting version %i of a stream that stands at 2 is refused and adds nothing',
  async (version) => {
    const { db } = await testDatabase();
    const context = testContext(db);
    await append(context, 'call/1', 0, [happened('a'), happened('b')]);
    const refused = await append(context, 'call/1', version, [happened('c')]);
    expect(refused).toMatchObject({ ok: false, error: { code: 'journal_conflict' } });
    expect(await readStream(db, 'call/1')).toHaveLength(2);
  },
);

test('twenty people decide on the same version: one wins, and no half of another is left', async () => {
  const { db } = await testDatabase();
  const context = testContext(db);
  const outcomes = await Promise.all(
    Array.from({ length: 20 }, (_, number) =>
      inTransaction(context, async (inside) => {
        const appended = await append(inside, 'call/1', 0, Array(1 + (number % 3)).fill(happened(`by ${number}`)));
        // A refused append leaves the transaction usable.
        await sql`select 1`.execute(inside.db);
        return appended;
      }),
    ),
  );
  expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
  const events = await readStream(db, 'call/1');
  expect(new Set(events.map(({ data }) => data.note)).size).toBe(1);
  expect((await verifyJournal(db)).troubles).toEqual([]);
});

test.each([[1], [3]])(
  'one who writes %i events while another has written but not yet committed is refused',
  async (count) => {
    const { db } = await testDatabase();
    const context = testContext(db);
    let second: Promise<Result<unknown>> | undefined;
    await inTransaction(context, async (inside) => {
      await append(inside, 'call/1', 0, [happened('first')]);
      second = append(context, 'call/1', 0, Array(count).fill(happened('second')));
      const waiting = sql`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
      for (let tries = 0; tries < 200 && (await waiting.execute(db)).rows.length === 0; tries += 1) await sleep(10);
    });
    expect(await second).toMatchObject({ ok: false, error: { code: 'journal_conflict' } });
    expect((await readStream(db, 'call/1')).map(({ data }) => data.note)).toEqual(['first']);
  },
);

test('an undone transaction leaves no event', async () => {
  const { db } = await testDatabase();
  const context = testContext(db);
  await expect(
    inTransaction(context, async (inside) => {
      await append(inside, 'call/1', 0, [happened('a')]);
      throw new Error('undone');
    }),
  ).rejects.toThrow('undone');
  expect(await readStream(db, 'call/1')).toEqual([]);
});

test.each([
  ['update', sql`update journal_event set type = 'Other'`],
  ['delete', sql`delete from journal_event`],
  ['truncate', sql`truncate journal_event`],
  ['update', sql`update journal_checkpoint set number = 7`],
])('%s is refused by the database itself', async (_what, statement) => {
  const { db } = await testDatabase();
  const context = testContext(db);
  await append(context, 'call/1', 0, [happened('a')]);
  await takeCheckpoint(context);
  await expect(statement.execute(db)).rejects.toThrow('append-only');
});

test('whatever JSON an event holds, its chain is sound when read again', async () => {
  const { db } = await testDatabase();
  const context = testContext(db);
  let version = 0;
  await fc.assert(
    fc.asyncProperty(fc.dictionary(fc.string(), json), async (data) => {
      fc.pre(Object.keys(data).every((name) => name.isWellFormed() && !name.includes('\0')));
      expect((await append(context, 'any', version, [{ type: 'Any-V1', data }])).ok).toBe(true);
      version += 1;
    }),
    { numRuns: 150 },
  );
  expect(await verifyJournal(db)).toMatchObject({ events: version, streams: 1, troubles: [] });
});

test('the order of names does not change a hash, any other difference does', () => {
  fc.assert(
    fc.property(json, json, (one, other) => {
      expect(canonical(one)).toBe(canonical(JSON.parse(JSON.stringify(one))));
      expect(canonical(one) === canonical(other)).toBe(JSON.stringify(sorted(one)) === JSON.stringify(sorted(other)));
    }),
  );
  expect(canonical({ b: 1, a: [true, null, 'é'] })).toBe('{"a":[true,null,"é"],"b":1}');
});

const sorted = (value: Json): Json =>
  Array.isArray(value)
    ? value.map(sorted)
    : typeof value === 'object' && value !== null
      ? Object.fromEntries(
          Object.entries(value as Record<string, Json>)
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([name, member]) => [`_${name}`, sorted(member)]),
        )
      : value;

test.each([
  ['undefined', { a: undefined }],
  ['a date', { a: new Date(0) }],
  ['infinity', { a: Number.POSITIVE_INFINITY }],
  ['half a character', { a: '\ud800' }],
  ['the null character', { a: '\0' }],
])('%s cannot be kept', async (_what, data) => {
  const { db } = await testDatabase();
  await expect(append(testContext(db), 'call/1', 0, [{ type: 'X-V1', data: data as never }])).rejects.toThrow(
    TypeError,
  );
});

/** Three streams of four events, sealed, then one event more in the first. */
const sealedJournal = async () => {
  const { db } = await testDatabase();
  const context = testContext(db);
  for (const stream of ['a', 'b', 'c']) {
    for (let version = 0; version < 4; version += 1) await append(context, stream, version, [happened(`${version}`)]);
  }
  await takeCheckpoint(context);
  await append(context, 'a', 4, [happened('after')]);
  return { db, context };
};

/** What somebody with the password of the database could do, undone at the end. */
const tampered = async (db: Database, tamper: (db: Database) => Promise<unknown>): Promise<readonly string[]> => {
  let troubles: readonly string[] = [];
  const undo = new Error('undo');
  await db
    .transaction()
    .execute(async (inside) => {
      for (const table of ['journal_event', 'journal_checkpoint']) {
        await sql`alter table ${sql.table(table)} disable trigger user`.execute(inside);
      }
      await tamper(inside);
      troubles = (await verifyJournal(inside)).troubles;
      throw undo;
    })
    .catch((error) => {
      if (error !== undo) throw error;
    });
  return troubles;
};

test('any change of any event is found', async () => {
  const { db } = await sealedJournal();
  expect((await verifyJournal(db)).troubles).toEqual([]);
  const changes = fc.constantFrom(
    sql`data = '{"note": "changed"}'`,
    sql`type = 'Other-V1'`,
    sql`actor = 'somebody'`,
    sql`recorded_at = recorded_at + interval '1 microsecond'`,
    sql`previous_hash = ${'0'.repeat(64)}`,
    sql`hash = ${'0'.repeat(64)}`,
  );
  const stream = fc.constantFrom('a', 'b', 'c');
  await fc.assert(
    fc.asyncProperty(stream, fc.integer({ min: 1, max: 4 }), changes, async (name, version, change) => {
      const troubles = await tampered(db, (inside) =>
        sql`update journal_event set ${change} where stream = ${name} and version = ${version}`.execute(inside),
      );
      expect(troubles.join()).toContain(`« ${name} »`);
    }),
    { numRuns: 40 },
  );
});

test.each<[string, string, (db: Database) => Promise<unknown>]>([
  ['an event removed', 'manque', (db) => sql`delete from journal_event where stream = 'b' and version = 2`.execute(db)],
  [
    'the first event removed',
    'manque',
    (db) => sql`delete from journal_event where stream = 'b' and version = 1`.execute(db),
  ],
  ['the end cut off', 'coupée', (db) => sql`delete from journal_event where stream = 'b' and version > 2`.execute(db)],
  ['a whole stream removed', 'coupée', (db) => sql`delete from journal_event where stream = 'b'`.execute(db)],
  [
    'two events exchanged',
    'ne suit pas',
    (db) =>
      sql`update journal_event set version = version + 10 where stream = 'b' and version in (2, 3)`
        .execute(db)
        .then(() =>
          sql`update journal_event set version = 15 - version where stream = 'b' and version > 10`.execute(db),
        ),
  ],
  [
    'an event inserted, the next ones moved',
    'ne suit pas',
    (db) =>
      sql`update journal_event set version = version + 10 where stream = 'b' and version >= 2`
        .execute(db)
        .then(() => sql`update journal_event set version = version - 9 where stream = 'b' and version > 10`.execute(db))
        .then(() =>
          sql`insert into journal_event select stream, 2, type, data, actor, recorded_at, hash, ${'1'.repeat(64)}
              from journal_event where stream = 'b' and version = 1`.execute(db),
        ),
  ],
  ['a checkpoint removed', 'Scellé 2', (db) => sql`delete from journal_checkpoint where number = 1`.execute(db)],
  [
    'a checkpoint changed',
    'Scellé 1',
    (db) => sql`update journal_checkpoint set heads = '{}' where number = 1`.execute(db),
  ],
])('%s is found', async (_what, word, tamper) => {
  const { db, context } = await sealedJournal();
  await takeCheckpoint(context);
  expect((await tampered(db, tamper)).join('\n')).toContain(word);
});

test('an end rewritten with a sound chain of its own is found by the checkpoint', async () => {
  const { db, context } = await sealedJournal();
  const troubles = await tampered(db, async (inside) => {
    await sql`delete from journal_event where stream = 'c' and version > 2`.execute(inside);
    await append({ ...context, db: inside }, 'c', 2, [happened('forged'), happened('forged')]);
  });
  expect(troubles).toEqual(['Dossier « c » : la suite notée par le scellé 1 a été coupée ou réécrite.']);
});

test('a checkpoint holds only what moved, and none is taken when nothing did', async () => {
  const { db, context } = await sealedJournal();
  expect(await takeCheckpoint(context)).toBe(2);
  expect(await takeCheckpoint(context)).toBeUndefined();
  const heads = await db.selectFrom('journal_checkpoint').select('heads').orderBy('number').execute();
  expect(heads.map((row) => Object.keys(row.heads).sort())).toEqual([['a', 'b', 'c'], ['a']]);
  expect(await verifyJournal(db)).toMatchObject({ events: 13, streams: 3, checkpoints: 2, troubles: [] });
});

type LampEvent = { readonly type: 'Lit-V1' | 'PutOut-V1'; readonly data: Record<string, never> };

const lamp = (projected: string[]): StreamDefinition<'lit' | 'out', LampEvent> => ({
  name: 'lamp',
  initial: 'out',
  evolve: (_state, { type }) => (type === 'Lit-V1' ? 'lit' : 'out'),
  project: async (_context, id, state, events) => {
    projected.push(`${id} ${state} ${events.map(({ version }) => version)}`);
  },
});

const light = (state: 'lit' | 'out'): Result<LampEvent[]> =>
  state === 'lit' ? refuse({ code: 'already_lit', message: 'Déjà allumée.' }) : ok([{ type: 'Lit-V1', data: {} }]);

test('a command decides, appends and updates in one transaction', async () => {
  const { db } = await testDatabase();
  const context = testContext(db);
  const projected: string[] = [];
  expect(await withStream(context, lamp(projected), '1', light)).toEqual(ok('lit'));
  expect(projected).toEqual(['1 lit 1']);
  expect(await withStream(context, lamp(projected), '1', light)).toMatchObject({ error: { code: 'already_lit' } });
  expect(await loadStream(context, lamp([]), '1')).toEqual({ state: 'lit', version: 1 });

  const failing = { ...lamp([]), project: () => Promise.reject(new Error('no table')) };
  await expect(withStream(context, failing, '2', light)).rejects.toThrow('no table');
  expect(await loadStream(context, lamp([]), '2')).toEqual({ state: 'out', version: 0 });
});
