import { sql } from 'kysely';
import { z } from 'zod';
import { inTransaction } from '#platform/server/context.ts';
import { type AnyJob, defineJob } from '#platform/server/jobs/jobs.ts';
import type { Settings } from '#platform/server/settings.ts';
import { DAYS_KEPT } from '../booking.ts';
import { lockDate, releaseLapsed } from './bookings.ts';
import './tables.ts';

/** What is done of bookings apart from requests. The settings say the address of the site, for links in messages. */
export const bookingJobs = ({ ORIGIN }: Pick<Settings, 'ORIGIN'>): readonly AnyJob[] => [
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
  }),
  defineJob({
    name: 'agenda.erase',
    purpose: `Efface les inscriptions aux rendez-vous, ${DAYS_KEPT} jours après`,
    data: z.object({}),
    every: '15 4 * * *',
    handle: async ({ db, clock }) => {
      const before = clock.now().subtract({ hours: DAYS_KEPT * 24 });
      await sql`
        delete from event_booking using event_occurrence as occurrence
        where occurrence.id = event_booking.occurrence and occurrence.starts_at < ${before}`.execute(db);
    },
  }),
];
