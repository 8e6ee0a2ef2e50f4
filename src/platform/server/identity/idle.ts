import { sql } from 'kysely';
import { z } from 'zod';
import { todayIn } from '#platform/clock.ts';
import { type Context, inTransaction } from '../context.ts';
import { type AnyJob, defineJob } from '../jobs/jobs.ts';
import type { Settings } from '../settings.ts';
import { idleMail } from './mails.ts';
import './tables.ts';

/** After three years without a sign of life an account ends; its owner is told two months before. */
export const idleLimits = { months: 34, days: 60 } as const;

/** Accounts warned in one morning: a site that was asleep for years does not write to everybody at once. */
const AT_ONCE = 500;

/** Somebody showed that they are there: they signed in, or answered a message. */
export const noteSeen = async ({ db, clock }: Pick<Context, 'db' | 'clock'>, account: string): Promise<void> => {
  await db
    .updateTable('account')
    .set({ seen_on: todayIn(clock, 'Europe/Paris'), warned_at: null })
    .where('id', '=', account)
    .execute();
};

/**
 * Every morning: tells who gave no sign of life that their account will end, and that signing in is enough to keep it. Where
 * no mail can leave nobody is told, and no account ends.
 */
export const idleJob = ({ ORIGIN, SMTP_URL }: Pick<Settings, 'ORIGIN' | 'SMTP_URL'>): AnyJob =>
  defineJob({
    name: 'identity.idle',
    purpose: 'Prévient les comptes sans signe de vie qu’ils vont s’effacer.',
    data: z.object({}),
    every: '25 9 * * *',
    handle: async (context) => {
      if (SMTP_URL === undefined) return;
      const before = todayIn(context.clock, 'Europe/Paris').subtract({ months: idleLimits.months });
      const { rows } = await sql<{ id: string }>`
        select id from account where ${idle(before)} order by id limit ${AT_ONCE}`.execute(context.db);
      for (const { id } of rows) {
        await inTransaction(context, async ({ db, clock, mail }) => {
          // Asked again: whoever signed in since the list was read is there.
          const { rows: told } = await sql<{ email: string }>`
            update account set warned_at = ${clock.now()} where id = ${id} and ${idle(before)} returning email`.execute(
            db,
          );
          const [warned] = told;
          const link = ORIGIN && `${ORIGIN}/connexion`;
          if (warned) await mail.post({ to: warned.email, ...idleMail(link, idleLimits.days) });
        });
      }
    },
  });

const idle = (before: Temporal.PlainDate) => sql`email is not null and warned_at is null
  and coalesce(seen_on, (created_at at time zone 'Europe/Paris')::date) < ${before}::date`;
