import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { announceChange } from '#platform/server/database/changes.ts';
import type { Database } from '#platform/server/database/database.ts';
import type { Recipe, Timetable } from '../timetable.ts';
import { mondayOf, mondayOfWeek } from '../week.ts';
import { compileTimetable } from './compile-hours.ts';
import { RULES } from './rules-version.ts';
import './tables.ts';

/** What the other processes are told when weeks were compiled further. */
export const HOURS_TOPIC = 'directory-hours';

/** The identifier of each recipe's timetable, compiled now when it is new. In the order given; undefined for none. */
export const timetableIds = async (
  db: Database,
  recipes: readonly (Recipe | undefined)[],
  today: Temporal.PlainDate,
): Promise<(number | undefined)[]> => {
  const keys = recipes.map((recipe) => recipe && keyOf(recipe));
  const byKey = new Map(recipes.flatMap((recipe, at) => (recipe ? [[keys[at] ?? '', recipe] as const] : [])));
  if (byKey.size === 0) return keys.map(() => undefined);
  const known = await idsOf(db, [...byKey.keys()]);
  const fresh = [...byKey].filter(([key]) => !known.has(key));
  if (fresh.length > 0) {
    await write(
      db,
      fresh.map(([key, recipe]) => ({ key, recipe, timetable: compileTimetable(recipe, today) })),
    );
    for (const [key, id] of await idsOf(
      db,
      fresh.map(([key]) => key),
    ))
      known.set(key, id);
  }
  return keys.map((key) => (key === undefined ? undefined : known.get(key)));
};

/**
 * Compiles again the timetables that begin before this week or that older rules compiled, some at a time so that requests
 * are answered meanwhile, and forgets those that no offer uses. Returns how many were compiled.
 */
export const refreshTimetables = async (db: Database, today: Temporal.PlainDate): Promise<number> => {
  const monday = mondayOf(today).toString();
  await sql`
    delete from timetable where not exists (select from offer where offer.timetable_id = timetable.id)
      and first_week < ${monday}::date`.execute(db);
  let compiled = 0;
  for (;;) {
    const stale = await db
      .selectFrom('timetable')
      .select(['key', 'recipe'])
      .where(sql<boolean>`(first_week < ${monday}::date or rules < ${RULES})`)
      .limit(50)
      .execute();
    if (stale.length === 0) break;
    const rows = stale.map(({ key, recipe }) => ({
      key,
      // Written by this file alone, from a recipe.
      recipe: recipe as Recipe,
      timetable: compileTimetable(recipe as Recipe, today),
    }));
    await write(db, rows);
    compiled += rows.length;
  }
  if (compiled > 0) await announceChange(db, HOURS_TOPIC);
  return compiled;
};

const keyOf = (recipe: Recipe): string => createHash('sha256').update(JSON.stringify(recipe)).digest('base64url');

const idsOf = async (db: Database, keys: readonly string[]): Promise<Map<string, number>> => {
  const { rows } = await sql<{ key: string; id: number }>`
    select key, id from timetable where key = any(${keys}::text[])`.execute(db);
  return new Map(rows.map(({ key, id }) => [key, id]));
};

const write = async (
  db: Database,
  rows: readonly { key: string; recipe: Recipe; timetable: Timetable }[],
): Promise<void> => {
  const json = rows.map(({ key, recipe, timetable }) => ({
    ...{ key, recipe, weeks: timetable.weeks, unsure: timetable.unsure, trouble: timetable.trouble ?? null },
    rules: RULES,
    first_week: mondayOfWeek(timetable.firstWeek).toString(),
    bitmaps: `\\x${Buffer.from(timetable.bitmaps.buffer).toString('hex')}`,
  }));
  await sql`
    insert into timetable (key, recipe, first_week, bitmaps, weeks, unsure, trouble, rules)
    select key, recipe, first_week, bitmaps, weeks, unsure, trouble, rules
    from json_populate_recordset(null::timetable, ${JSON.stringify(json)}::json)
    on conflict (key) do update set first_week = excluded.first_week, bitmaps = excluded.bitmaps,
      weeks = excluded.weeks, unsure = excluded.unsure, trouble = excluded.trouble, rules = excluded.rules`.execute(db);
};
