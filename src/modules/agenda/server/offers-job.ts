import { z } from 'zod';
import { inTransaction } from '#platform/server/context.ts';
import { type AnyJob, defineJob } from '#platform/server/jobs/jobs.ts';
import type { Settings } from '#platform/server/settings.ts';
import { lockDate } from './locked-date.ts';
import { releaseLapsed } from './offers.ts';
import './tables.ts';

/** Every five minutes: who did not answer in time gives way to the next. The settings say the address of the site. */
export const offersJob = ({ ORIGIN }: Pick<Settings, 'ORIGIN'>): AnyJob =>
  defineJob({
    name: 'agenda.offers',
    purpose: 'Propose à la personne suivante les places qui n’ont pas été confirmées à temps',
    data: z.object({}),
    every: '*/5 * * * *',
    handle: async (context) => {
      const dates = await context.db
        .selectFrom('event_booking')
        .select('occurrence')
        .distinct()
        .where('state', '=', 'offered')
        .where('offered_until', '<=', context.clock.now())
        .execute();
      for (const { occurrence } of dates) {
        await inTransaction(context, async (inside) => {
          const date = await lockDate(inside, occurrence);
          if (date) await releaseLapsed(inside, date, ORIGIN);
        });
      }
    },
  });
