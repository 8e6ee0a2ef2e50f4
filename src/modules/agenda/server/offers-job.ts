import { sql } from 'kysely';
import { z } from 'zod';
import { inTransaction } from '#platform/server/context.ts';
import { type AnyJob, defineJob } from '#platform/server/jobs/jobs.ts';
import type { Settings } from '#platform/server/settings.ts';
import { lockDate } from './locked-date.ts';
import { offerFreed, releaseLapsed } from './offers.ts';
import './tables.ts';

/**
 * Every five minutes: who did not answer in time gives way to the next, and places that were added go to who waits. The
 * settings say the address of the site.
 */
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
      const { rows: roomier } = await sql<{ id: number }>`
        select date.id from event_occurrence as date join event_series as series on series.id = date.series
        where date.status = 'planned' and date.starts_at > ${context.clock.now().toString()}::timestamptz
          and series.status in ('published', 'reserved')
          and exists (
            select from event_booking as booking
            where booking.occurrence = date.id and booking.state = 'waiting'
              and booking.persons <= (series.fields ->> 'places')::integer - date.taken
          )
        order by date.id`.execute(context.db);
      const all = new Set([...dates.map(({ occurrence }) => occurrence), ...roomier.map(({ id }) => id)]);
      for (const occurrence of all) {
        await inTransaction(context, async (inside) => {
          const date = await lockDate(inside, occurrence);
          if (!date) return;
          await releaseLapsed(inside, date, ORIGIN);
          await offerFreed(inside, date, ORIGIN);
        });
      }
    },
  });
