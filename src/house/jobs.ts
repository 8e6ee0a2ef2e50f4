import { makeOccurrencesJob, offersJob, unseenSeriesJob } from '#modules/agenda/server/index.ts';
import { callbackJobs } from '#modules/callback/server/index.ts';
import {
  afterCallsJob,
  closingJob,
  keepMinutesJob,
  noteSnapshotJob,
  opinionsJob,
  scanAttachmentJobs,
  sendLettersJob,
  tellApplicantsJob,
} from '#modules/calls/server/index.ts';
import { compileHoursJob, exportsJob, followRulesJob } from '#modules/directory/server/index.ts';
import { unseenTeamsJob } from '#modules/groups/server/index.ts';
import { attendanceJob, unseenHousesJob } from '#modules/houses/server/index.ts';
import { pushJobs } from '#modules/journey/server/index.ts';
import { campaignJob, expireAttestations, findDuplicatesJob, remindJob } from '#modules/professionals/server/index.ts';
import { unseenSittingsJob } from '#modules/respite/server/index.ts';
import { toursJobs } from '#modules/tours/server/index.ts';
import { idleJob } from '#platform/server/identity/idle.ts';
import type { AnyJob } from '#platform/server/jobs/jobs.ts';
import { checkpointJournal } from '#platform/server/journal/checkpoint.ts';
import { mailJobs } from '#platform/server/mail/deliver.ts';
import { retentionJob } from '#platform/server/retention/apply.ts';
import { openScanner } from '#platform/server/scan/scanner.ts';
import type { Settings } from '#platform/server/settings.ts';
import { retentionRules } from './retention.ts';

/** Every kind of work that is done apart from requests. Some carry what the operator set: where mails leave from. */
export const jobDefinitions = (settings: Settings): readonly AnyJob[] => [
  ...mailJobs(settings),
  ...pushJobs(settings),
  makeOccurrencesJob,
  offersJob(settings),
  unseenSeriesJob,
  attendanceJob,
  unseenHousesJob,
  idleJob(settings),
  checkpointJournal,
  retentionJob(retentionRules),
  compileHoursJob,
  followRulesJob,
  expireAttestations,
  findDuplicatesJob,
  remindJob(settings.ORIGIN),
  campaignJob,
  exportsJob(settings),
  ...callbackJobs(settings),
  ...toursJobs(settings),
  afterCallsJob(settings),
  unseenTeamsJob(settings),
  unseenSittingsJob(settings),
  ...scanAttachmentJobs(openScanner(settings), settings),
  sendLettersJob,
  closingJob(settings),
  tellApplicantsJob(settings),
  noteSnapshotJob(settings),
  opinionsJob(settings),
  keepMinutesJob,
];
