import type { AnyJob } from '#platform/server/jobs/jobs.ts';
import type { Settings } from '#platform/server/settings.ts';
import { visitJobs } from './tell.ts';
import { stopJobs } from './tell-stops.ts';

/** The work apart from requests: telling who asked. */
export const toursJobs = (settings: Pick<Settings, 'ORIGIN'>): readonly AnyJob[] => [
  ...visitJobs(settings),
  ...stopJobs(settings),
];
