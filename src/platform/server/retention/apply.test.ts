import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { fixedClock } from '#platform/clock.ts';
import { testContext } from '#testing/context.ts';
import { testDatabase } from '#testing/database.ts';
import type { Database } from '../database/database.ts';
import { applyRetention, countDue } from './apply.ts';
import { ageWords, endOfDay, hoursOf, retentionRule, ruleWords, type TimedRule } from './rule.ts';

const rule = retentionRule({
  ...{ ends: 'time', name: 'essai.old', table: 'essai', column: 'seen_at', age: { days: 30 } },
  ...{ what: 'Un essai', since: 'après avoir été vu', when: sql`not kept` },
});

/** A table of so many rows seen at a moment, on a clock that can be moved. */
const table = async (rows: number, seen = '2026-10-01T00:00:00Z') => {
  const { db } = await testDatabase();
  await sql`
    create table essai (id uuid primary key default gen_random_uuid(), seen_at timestamptz, kept boolean not null default false)
  `.execute(db);
  await add(db, rows, seen);
  const clock = fixedClock('2026-11-21T10:00:00Z');
  return { db, clock, context: testContext(db, { clock }) };
};
const add = (db: Database, rows: number, seen: string | null, kept = false) =>
  sql`insert into essai (seen_at, kept) select ${seen}::timestamptz, ${kept} from generate_series(1, ${rows})`.execute(
    db,
  );
const left = async (db: Database): Promise<number> => {
  const { rows } = await sql<{ count: number }>`select count(*) as count from essai`.execute(db);
  return rows[0]?.count ?? 0;
};

test('what is old enough goes, batch after batch; what is younger, set apart or without its moment stays', async () => {
  const { db, context } = await table(25);
  await add(db, 3, '2026-10-22T10:00:01Z');
  await add(db, 1, '2026-10-22T10:00:00Z');
  await add(db, 2, '2026-10-01T00:00:00Z', true);
  await add(db, 4, null);
  expect(await countDue(context, [rule])).toEqual([{ rule, rows: 26 }]);
  expect(await left(db)).toBe(35);
  expect(await applyRetention(context, [rule], 10)).toEqual([{ rule, rows: 26 }]);
  expect(await left(db)).toBe(9);
  expect(await applyRetention(context, [rule], 10)).toEqual([{ rule, rows: 0 }]);
});

test('a day is over at midnight in Paris, summer and winter; a moment may be that of another table', async () => {
  const { db, clock, context } = await table(0);
  await sql`create table essai_days as select day::date from unnest('{2026-07-01,2026-12-01}'::text[]) as day`.execute(
    db,
  );
  const days = { ...rule, table: 'essai_days', column: endOfDay('day'), age: {} };
  const { when: _, ...always } = days;
  const due = async (now: string, tried: TimedRule) => {
    clock.moveTo(now);
    return (await countDue(context, [tried]))[0]?.rows;
  };
  expect(await due('2026-07-01T21:59:59Z', always)).toBe(0);
  expect(await due('2026-07-01T22:00:00Z', always)).toBe(1);
  expect(await due('2026-12-01T22:59:59Z', always)).toBe(1);
  expect(await due('2026-12-01T23:00:00Z', always)).toBe(2);
  await add(db, 2, null);
  const elsewhere = { ...rule, column: sql`(select max(day) from essai_days where essai.id is not null)::timestamptz` };
  expect(await due('2026-12-30T23:59:59Z', elsewhere)).toBe(0);
  expect(await due('2026-12-31T00:00:00Z', elsewhere)).toBe(2);
  expect(await applyRetention(context, [elsewhere])).toMatchObject([{ rows: 2 }]);
});

test('a row that somebody holds is left for the next time, and two who erase at once share the work', async () => {
  const { db, context } = await table(40);
  await db.transaction().execute(async (tx) => {
    await sql`select 1 from essai limit 1 for update`.execute(tx);
    const both = await Promise.all([applyRetention(context, [rule], 5), applyRetention(context, [rule], 5)]);
    expect(both.flat().reduce((sum, { rows }) => sum + rows, 0)).toBe(39);
  });
  expect(await left(db)).toBe(1);
  await applyRetention(context, [rule]);
  expect(await left(db)).toBe(0);
});

test('a rule may erase in its own way, one row in one transaction; one that does nothing is not tried for ever', async () => {
  const { db, context } = await table(7);
  const seen: string[] = [];
  const own: TimedRule = {
    ...rule,
    erase: async (inside, id) => {
      expect(inside.db.isTransaction).toBe(true);
      seen.push(id);
      if (seen.length % 2 === 1) await sql`update essai set seen_at = null where id = ${id}`.execute(inside.db);
    },
  };
  expect(await applyRetention(context, [own], 2)).toEqual([{ rule: own, rows: 7 }]);
  expect(new Set(seen).size).toBe(7);
  expect(await countDue(context, [own])).toMatchObject([{ rows: 3 }]);
  expect(await left(db)).toBe(7);
});

test('a rule that fails is told, and does not keep the next from its work', async () => {
  const { db, context } = await table(3);
  const broken = { ...rule, name: 'essai.broken', column: 'nowhere' };
  await expect(applyRetention(context, [broken, rule])).rejects.toThrow('essai.broken');
  expect(await left(db)).toBe(0);
});

test('a row that cannot be erased is told, and does not keep the others of its rule', async () => {
  const { db, context } = await table(5);
  let first: string | undefined;
  const own: TimedRule = {
    ...rule,
    erase: async (inside, id) => {
      first ??= id;
      await sql`delete from essai where id = ${id}`.execute(inside.db);
      if (id === first) throw new Error('stuck');
    },
  };
  await expect(applyRetention(context, [own], 2)).rejects.toThrow(rule.name);
  expect(await left(db)).toBe(1);
});

test('an age is said as it is counted', () => {
  expect([{ years: 2 }, { days: 1 }, { days: 30 }, { hours: 24 }, {}].map(ageWords)).toEqual([
    ...['2 ans', '1 jour', '30 jours', '24 heures', 'aussitôt'],
  ]);
  expect([{ days: 30 }, { years: 1 }, {}].map(hoursOf)).toEqual([720, 8766, 0]);
  expect(ruleWords(rule)).toBe('Un essai\u00a0: 30 jours après avoir été vu (`essai.old`)');
});
