import { sql } from 'kysely';
import { z } from 'zod';
import { noId } from '#platform/ids.ts';
import { type Context, inTransaction } from '../context.ts';
import { defineJob, type JobDefinition } from '../jobs/jobs.ts';
import { hoursOf, type RetentionRule, type TimedRule } from './rule.ts';

/** Rows of one transaction: few enough to hold nobody up, and to lose little when the process dies. */
const BATCH = 500;

/** What a rule erased, or would erase. */
export interface RuleCount {
  readonly rule: TimedRule;
  readonly rows: number;
}

/** How many rows each rule of time would erase now. Erases nothing. */
export const countDue = async ({ db, clock }: Context, rules: readonly RetentionRule[]): Promise<RuleCount[]> => {
  const counts: RuleCount[] = [];
  for (const rule of rules.filter(isTimed)) {
    const { rows } = await sql<{ count: number }>`
      select count(*) as count from ${sql.table(rule.table)} where ${isDue(rule, clock.now())}`.execute(db);
    counts.push({ rule, rows: rows[0]?.count ?? 0 });
  }
  return counts;
};

/**
 * Erases all that is due, rule after rule, in small transactions: a process killed in the middle has erased what it has
 * erased, and the next run goes on from there. Two at once share the work. Returns what each rule erased. A rule that
 * fails does not keep the others from their work, nor a row the others of its rule: it is told (throws) at the end.
 */
export const applyRetention = async (
  context: Context,
  rules: readonly RetentionRule[],
  batch = BATCH,
): Promise<RuleCount[]> => {
  const counts: RuleCount[] = [];
  const failed: string[] = [];
  for (const rule of rules.filter(isTimed)) {
    try {
      const { erase } = rule;
      const rows = await (erase ? eraseOneByOne(context, { ...rule, erase }, batch) : eraseAll(context, rule, batch));
      counts.push({ rule, rows });
    } catch (error) {
      context.log.error({ err: error, rule: rule.name }, 'retention rule failed');
      failed.push(rule.name);
    }
  }
  if (failed.length > 0) throw new Error(`retention rules failed: ${failed.join(', ')}`);
  return counts;
};

/** The one job that erases what time ends, every hour. What is erased where is in the rules. */
export const retentionJob = (rules: readonly RetentionRule[]): JobDefinition<Record<string, never>> =>
  defineJob({
    name: 'retention.apply',
    data: z.object({}) as z.ZodType<Record<string, never>>,
    purpose: 'Efface ce qui a été gardé assez longtemps : docs/data-protection.md dit quoi, et après combien de temps.',
    every: '37 * * * *',
    handle: async (context) => {
      const erased = (await applyRetention(context, rules)).filter(({ rows }) => rows > 0);
      if (erased.length > 0) {
        context.log.info(Object.fromEntries(erased.map(({ rule, rows }) => [rule.name, rows])), 'retention');
      }
    },
  });

const isTimed = (rule: RetentionRule): rule is TimedRule => rule.ends === 'time';

const isDue = ({ column, age, when }: TimedRule, now: Temporal.Instant) => {
  const before = now.subtract({ hours: hoursOf(age) });
  return sql`${typeof column === 'string' ? sql.ref(column) : column} <= ${before.toString()}::timestamptz ${when ? sql`and (${when})` : sql``}`;
};

/** Rows that another transaction holds are left for the next run. */
const eraseAll = async ({ db, clock }: Context, rule: TimedRule, batch: number): Promise<number> => {
  const table = sql.table(rule.table);
  let rows = 0;
  for (let done = batch; done === batch; rows += done) {
    const { numAffectedRows } = await sql`
      ${rule.set ? sql`update ${table} set ${rule.set}` : sql`delete from ${table}`} where ctid = any(array(
        select ctid from ${table} where ${isDue(rule, clock.now())} limit ${batch} for update skip locked
      ))`.execute(db);
    done = Number(numAffectedRows ?? 0);
  }
  return rows;
};

const eraseOneByOne = async (
  context: Context,
  rule: TimedRule & Required<Pick<TimedRule, 'erase'>>,
  batch: number,
): Promise<number> => {
  const table = sql.table(rule.table);
  const due = isDue(rule, context.clock.now());
  let rows = 0;
  const failures: unknown[] = [];
  // By their id: a row that could not be taken is passed over, never tried again and again.
  for (let last: string = noId, ids = [last]; ids.length > 0; last = ids.at(-1) ?? last) {
    const found = await sql<{ id: string }>`
      select id from ${table} where id > ${last}::uuid and ${due} order by id limit ${batch}`.execute(context.db);
    ids = found.rows.map(({ id }) => id);
    for (const id of ids) {
      try {
        rows += await inTransaction(context, async (inside) => {
          const still = await sql`
            select 1 from ${table} where id = ${id}::uuid and ${due} for update skip locked`.execute(inside.db);
          if (still.rows.length > 0) await rule.erase(inside, id);
          return still.rows.length;
        });
      } catch (error) {
        failures.push(error);
      }
    }
  }
  if (failures.length > 0) throw new Error(`${failures.length} rows could not be erased`, { cause: failures[0] });
  return rows;
};
