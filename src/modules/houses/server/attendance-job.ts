import { z } from 'zod';
import { DAYS_KEPT } from '#modules/agenda/index.ts';
import { attendanceBetween } from '#modules/agenda/server/index.ts';
import { type AnyJob, defineJob } from '#platform/server/jobs/jobs.ts';
import './counter-tables.ts';
import './tables.ts';

/**
 * Every hour: how many came to the agenda of each Maison is kept, without anybody, before the bookings are erased. A date
 * whose bookings may be gone is not counted again.
 */
export const attendanceJob: AnyJob = defineJob({
  name: 'houses.attendance',
  purpose: 'Compte qui est venu aux rendez-vous des Maisons, avant que les inscriptions soient effacées',
  data: z.object({}),
  every: '17 * * * *',
  handle: async (context) => {
    const now = context.clock.now();
    const houses = await context.db.selectFrom('house').select(['id', 'registration']).execute();
    for (const { id: house, registration } of houses) {
      const dates = await attendanceBetween(context, registration, now.subtract({ hours: 24 * DAYS_KEPT - 1 }), now);
      if (dates.length === 0) continue;
      await context.db
        .insertInto('house_date_count')
        .values(dates.map((date) => ({ house, ...date })))
        .onConflict((conflict) =>
          conflict.column('occurrence').doUpdateSet(({ ref }) => ({
            ...{ day: ref('excluded.day'), kind: ref('excluded.kind'), booked: ref('excluded.booked') },
            ...{ came: ref('excluded.came'), absent: ref('excluded.absent') },
          })),
        )
        .execute();
    }
  },
});
