import { z } from 'zod';
import { todayIn } from '#platform/clock.ts';
import { defineJob } from '#platform/server/jobs/jobs.ts';
import { refreshTimetables } from './timetables.ts';

/** Compiles opening hours further, so that half a year is always known ahead. */
export const compileHoursJob = defineJob({
  name: 'directory.hours',
  purpose: 'Calcule les ouvertures des semaines à venir',
  data: z.object({}),
  every: '15 3 * * *',
  handle: async ({ db, clock, log }) => {
    const compiled = await refreshTimetables(db, todayIn(clock, 'Europe/Paris'));
    if (compiled > 0) log.info({ compiled }, 'timetables compiled');
  },
});
