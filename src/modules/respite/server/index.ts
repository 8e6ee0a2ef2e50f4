export {
  closeFreePlaces,
  type FoundPlaces,
  freePlacesNear,
  ownFreePlaces,
  publishFreePlaces,
} from './free-places.ts';
export { respiteMigrations } from './migrations.ts';
export { nowAt, ownPlaces } from './own-places.ts';
export { respiteRetention } from './retention.ts';
export { sittingMigrations } from './sitting/migrations.ts';
export { reportSitting, settleSittingReport, sittingReports } from './sitting/reports.ts';
export { askToRun, decideTeam, MOST_WORDS, reaches } from './sitting/run-team.ts';
export { readSitting, teamRequests } from './sitting/sitting-views.ts';
export { answerAsTeam, answerSitting, proposeVolunteer, requestSitting } from './sitting/sittings.ts';
export { type OpenTeam, openTeamsFor, teamOf, teamsToDecide } from './sitting/teams.ts';
export { unseenSittingsJob } from './sitting/unseen-job.ts';
export { addVolunteer, leaveVolunteers, ownVolunteers, removeVolunteer } from './sitting/volunteers.ts';
