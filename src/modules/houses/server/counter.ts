import { z } from 'zod';
import { todayIn } from '#platform/clock.ts';
import { notAllowed } from '#platform/permissions.ts';
import { ok, type Result, refuse } from '#platform/result.ts';
import { type Context, inTransaction } from '#platform/server/context.ts';
import { authorise } from '#platform/server/identity/authorise.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { questionsWith, stillCounts, TAPS_AT_ONCE, type Tap } from '../counter.ts';
import { ownHouse } from './houses.ts';
import { partnersOf } from './partners.ts';
import './counter-tables.ts';

const tapSchema = z.object({
  ...{ key: z.uuid(), site: z.uuid(), question: z.string().max(20), answer: z.string().max(60) },
  ...{ day: z.iso.date(), half: z.enum(['matin', 'apres-midi']), undone: z.boolean() },
});

/**
 * The touches that a device sent, at most `TAPS_AT_ONCE`; in the place of one that nobody can read, nothing: the others count
 * all the same. Nothing at all for what is no list of touches.
 */
export const readTaps = (body: unknown): readonly (Tap | undefined)[] | undefined =>
  z.object({ taps: z.array(tapSchema.optional().catch(undefined)).max(TAPS_AT_ONCE) }).safeParse(body).data?.taps;

/** What became of a touch. `known`: counted, or taken back, before. `refused`: of no counter of this Maison, or too old. */
export type TapOutcome = 'done' | 'known' | 'refused';

/**
 * Counts the touches of a welcome desk, or takes them back, in their order; the answer is in the same order. A touch is
 * counted once, however often it is sent and by however many processes at once.
 */
export const count = async (
  context: PersonContext,
  registration: string,
  taps: readonly (Tap | undefined)[],
): Promise<Result<readonly TapOutcome[]>> => {
  const house = await ownHouse(context, registration, 'welcome');
  if (!house) return refuse(notAllowed);
  const questions = questionsWith(await partnersOf(context, house.id, { ended: true }));
  const outcomes: TapOutcome[] = [];
  for (const tap of taps) {
    const site = house.sites.find(({ id }) => id === tap?.site);
    const answers = questions.find(({ code }) => code === tap?.question)?.answers ?? [];
    const counts =
      tap !== undefined &&
      site !== undefined &&
      answers.some(({ code }) => code === tap.answer) &&
      stillCounts(tap.day, todayIn(context.clock, site.timeZone));
    if (!counts) outcomes.push('refused');
    else {
      const done = await inTransaction(context, async (inside) => {
        const allowed = await authorise(inside, 'house.welcome', { organisation: registration });
        return allowed.ok ? ok(await (tap.undone ? takeBack(inside, tap) : add(inside, tap))) : allowed;
      });
      if (!done.ok) return done;
      outcomes.push(done.value);
    }
  }
  return ok(outcomes);
};

const add = async ({ db }: Context, tap: Tap): Promise<TapOutcome> => {
  const added = await db
    .insertInto('house_tap')
    .values(rowOf(tap))
    .onConflict((conflict) => conflict.column('key').doNothing())
    .returning('key')
    .executeTakeFirst();
  if (!added) return 'known';
  const { key: _, ...counted } = rowOf(tap);
  await db
    .insertInto('house_count')
    .values({ ...counted, taps: 1 })
    .onConflict((conflict) =>
      conflict
        .columns(['site', 'day', 'half', 'question', 'answer'])
        .doUpdateSet(({ ref, eb }) => ({ taps: eb(ref('house_count.taps'), '+', 1) })),
    )
    .execute();
  return 'done';
};

/** Takes a touch back by its key. One that has not arrived yet is written as taken back: it will count for nothing. */
const takeBack = async ({ db }: Context, tap: Tap): Promise<TapOutcome> => {
  const first = await db
    .insertInto('house_tap')
    .values({ ...rowOf(tap), undone: true })
    .onConflict((conflict) => conflict.column('key').doNothing())
    .returning('key')
    .executeTakeFirst();
  if (first) return 'done';
  const taken = await db
    .updateTable('house_tap')
    .set({ undone: true })
    .where('key', '=', tap.key)
    .where('site', '=', tap.site)
    .where('undone', '=', false)
    .returning(['site', 'day', 'half', 'question', 'answer'])
    .executeTakeFirst();
  if (!taken) return 'known';
  await db
    .updateTable('house_count')
    .set(({ eb }) => ({ taps: eb('taps', '-', 1) }))
    .where('site', '=', taken.site)
    .where('day', '=', taken.day)
    .where('half', '=', taken.half)
    .where('question', '=', taken.question)
    .where('answer', '=', taken.answer)
    .execute();
  return 'done';
};

const rowOf = ({ undone: _, day, ...tap }: Tap) => ({ ...tap, day: Temporal.PlainDate.from(day) });

/** One line of what was counted. */
export interface Counted {
  readonly site: string;
  readonly day: Temporal.PlainDate;
  readonly half: string;
  readonly question: string;
  readonly answer: string;
  readonly taps: number;
}

/** What was counted at some sites from one day to another, `to` included. To be asked for the team alone. */
export const countedBetween = (
  { db }: Pick<Context, 'db'>,
  sites: readonly string[],
  from: Temporal.PlainDate,
  to: Temporal.PlainDate,
): Promise<Counted[]> =>
  sites.length === 0
    ? Promise.resolve([])
    : db
        .selectFrom('house_count')
        .selectAll()
        .where('site', 'in', sites)
        .where('day', '>=', from)
        .where('day', '<=', to)
        .where('taps', '>', 0)
        .orderBy('day')
        .execute();
