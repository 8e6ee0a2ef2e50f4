export { answersCallbacks, closeRequest, releaseRequest, takeRequest, teamRequests } from './answer.ts';
export { askCallback, cancelCallback, type OwnCallback, ownCallback } from './ask.ts';
export { callbackMigrations } from './migrations.ts';
export { callbackJobs } from './remind-job.ts';
export { callbackRetention } from './retention.ts';
export {
  answeringTeams,
  appointedTeams,
  appoints,
  appointTeam,
  callbackIndex,
  callbackOffered,
  callbacksWait,
  endTeam,
  slotsOf,
} from './teams.ts';
