import { sql } from 'kysely';
import { z } from 'zod';
import { todayIn } from '#platform/clock.ts';
import { type Context, inTransaction } from '#platform/server/context.ts';
import { announceChange } from '#platform/server/database/changes.ts';
import type { Database } from '#platform/server/database/database.ts';
import { defineJob } from '#platform/server/jobs/jobs.ts';
import { resolveOffers, surroundings } from './resolve.ts';
import { RULES } from './rules-version.ts';
import { DIRECTORY_TOPIC } from './save.ts';
import { refreshTimetables } from './timetables.ts';
import './tables.ts';

/** Placements of one transaction: requests and imports pass in between. */
const BATCH = 2_000;

/** Brings a base that an older version wrote to the rules of this one. */
export const followRulesJob = defineJob({
  name: 'directory.rules',
  purpose: 'Refait l’annuaire qui est cherché quand une version change ses règles',
  data: z.object({}),
  every: '*/10 * * * *',
  handle: async (context) => {
    const { offers, compiled } = await followRules(context);
    if (offers + compiled > 0)
      context.log.info({ rules: RULES, offers, compiled }, 'the rules of offers were followed');
  },
});

/**
 * Makes every offer again, and compiles every timetable again, when the base was last brought to other rules than ours;
 * then notes it. Each batch notes how far it came: who takes over goes on from there. Does nothing on a base that a newer
 * version has brought to its own rules. Returns how many offers and timetables were written.
 */
export const followRules = async (
  context: Context,
  batch = BATCH,
): Promise<{ readonly offers: number; readonly compiled: number }> => {
  let offers = 0;
  for (;;) {
    const written = await followBatch(context, batch);
    if (written === 'followed') return { offers, compiled: 0 };
    if (written === 'resolved') break;
    offers += written;
  }
  const compiled = await refreshTimetables(context.db, todayIn(context.clock, 'Europe/Paris'));
  await sql`
    update directory_rules set followed = ${RULES}, toward = null, reached = null where followed < ${RULES}`.execute(
    context.db,
  );
  return { offers, compiled };
};

/** One batch further. `followed`: nothing is to be done; `resolved`: all offers are made. */
const followBatch = (context: Context, batch: number): Promise<number | 'followed' | 'resolved'> =>
  inTransaction(context, async ({ db, clock, indexes }) => {
    const { rows } = await sql<{ followed: number; reached: number }>`
      select followed, case when toward = ${RULES} then reached else 0 end as reached
      from directory_rules for update`.execute(db);
    const [state] = rows;
    if (!state || state.followed >= RULES) return 'followed';
    const placements = await db
      .selectFrom('placement')
      .select('id')
      .where('id', '>', state.reached)
      .orderBy('id')
      .limit(batch)
      .execute();
    const ids = placements.map(({ id }) => id);
    const last = ids.at(-1);
    if (last === undefined) return 'resolved';
    await holdRows(db, ids);
    const written = await resolveOffers(db, surroundings(clock, indexes), { placements: ids });
    if (written > 0) await announceChange(db, DIRECTORY_TOPIC);
    await sql`update directory_rules set toward = ${RULES}, reached = ${last}`.execute(db);
    return written;
  });

/** What the offers are made from stands still until they are written: else they could tell what an import just changed. */
const holdRows = async (db: Database, placements: readonly number[]): Promise<void> => {
  const of = (column: 'service_id' | 'place_id' | 'tour_id') =>
    sql`select ${sql.ref(column)} from placement where id = any(${placements}::integer[])`;
  // In the order in which records are saved, so that the two seldom wait for each other.
  await sql`select from place where id in (${of('place_id')}) order by id for share`.execute(db);
  await sql`select from tour where id in (${of('tour_id')}) order by id for share`.execute(db);
  await sql`select from tour_stop where tour_id in (${of('tour_id')}) order by id for share`.execute(db);
  await sql`select from service where id in (${of('service_id')}) order by id for share`.execute(db);
};
