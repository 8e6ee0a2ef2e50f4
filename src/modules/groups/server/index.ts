export { proposeDates, tellDateChanged } from './dates.ts';
export { closeGroup, formGroup, letIn, messageLimits, removeMember, writeToGroup } from './groups.ts';
export { groupsMigrations } from './migrations.ts';
export { MOST_REPORT, reportGroup, reportsToSettle, settleReport } from './reports.ts';
export { DAYS_WAITING, groupsRetention } from './retention.ts';
export { askToAnimate, decideTeam, MOST_WORDS, reaches, type TypedTeam } from './run-team.ts';
export { type OpenTeam, openTeamsFor, teamOf, teamsToDecide } from './teams.ts';
export { readSeat, teamView } from './views.ts';
export { askToMeet, confirmWish, leaveGroup } from './wishes.ts';
