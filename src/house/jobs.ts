import type { JobDefinition } from '#platform/server/jobs/jobs.ts';

/** Every kind of work that is done apart from requests. */
// biome-ignore lint/suspicious/noExplicitAny: a list of jobs of different data has no narrower common type.
export const jobs: readonly JobDefinition<any>[] = [];
