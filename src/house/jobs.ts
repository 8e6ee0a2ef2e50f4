import type { JobDefinition } from '#platform/server/jobs/jobs.ts';
import type { Settings } from '#platform/server/settings.ts';

/** Every kind of work that is done apart from requests. Some carry what the operator set: where mails leave from. */
// biome-ignore lint/suspicious/noExplicitAny: a list of jobs of different data has no narrower common type.
export const jobDefinitions = (_settings: Settings): readonly JobDefinition<any>[] => [];
