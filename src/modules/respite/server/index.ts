export {
  closeFreePlaces,
  eraseFreePlaces,
  type FoundPlaces,
  freePlacesNear,
  ownFreePlaces,
  publishFreePlaces,
} from './free-places.ts';
export { respiteMigrations } from './migrations.ts';
export { nowAt, ownPlaces } from './own-places.ts';
export { sittingMigrations } from './sitting/migrations.ts';
export {
  answerAsTeam,
  answerSitting,
  eraseSittings,
  MOST_REPORT,
  proposeVolunteer,
  readSitting,
  reportSitting,
  requestSitting,
  teamRequests,
} from './sitting/sittings.ts';
export {
  askToRun,
  decideTeam,
  MOST_WORDS,
  type OpenTeam,
  openTeamsFor,
  reaches,
  teamOf,
  teamsToDecide,
} from './sitting/teams.ts';
export { addVolunteer, leaveVolunteers, ownVolunteers, removeVolunteer } from './sitting/volunteers.ts';
