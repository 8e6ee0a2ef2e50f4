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

/** Every morning: tells who gave no sign of life that their account will end, and that signing in is enough to keep it. */
export const idleJob = ({ ORIGIN }: Pick<Settings, 'ORIGIN'>): AnyJob =>
  defineJob({
    name: 'identity.idle',
    purpose: 'Prévient les comptes sans signe de vie qu’ils vont s’effacer.',
    data: z.object({}),
    every: '25 9 * * *',
    handle: async (context) => {
      const before = todayIn(context.clock, 'Europe/Paris').subtract({ months: idleLimits.months });
      const { rows } = await sql<{ id: string }>`
        select id from account
        where email is not null and warned_at is null
          and coalesce(seen_on, (created_at at time zone 'Europe/Paris')::date) < ${before}::date
        order by id limit ${AT_ONCE}`.execute(context.db);
      for (const { id } of rows) {
        await inTransaction(context, async ({ db, clock, mail }) => {
          const warned = await db
            .updateTable('account')
            .set({ warned_at: clock.now() })
            .where('id', '=', id)
            .where('warned_at', 'is', null)
            .returning('email')
            .executeTakeFirst();
          const link = ORIGIN && `${ORIGIN}/connexion`;
          if (warned?.email) await mail.post({ to: warned.email, ...idleMail(link, idleLimits.days) });
        });
      }
    },
  });
