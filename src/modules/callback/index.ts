export { phoneWords, readPhone } from './phone.ts';
export { MOST_SIGNS, type Outcome, outcomes, type TypedRequest } from './request.ts';
export { dayOfWeek, hoursWords, hourWords, type Slot, slotCode, slotWords } from './slots.ts';
export { LONGEST_SENTENCE, readTeam, type TypedTeam, teamsAround } from './team.ts';
