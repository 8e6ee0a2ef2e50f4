export { attestationWords } from './attestation.ts';
export { badgeSvg } from './badge.ts';
export { correctable } from './correction.ts';
export { type Draft, type DraftPlace, type DraftService, longest, most } from './draft.ts';
export { weekDays } from './hours-entry.ts';
export { professions, sectors } from './profession.ts';
export { allTroubles, looksAfterChildren, type StepCode, stepAfter, steps, stepsOf } from './steps.ts';
export { differencesOf, summaryOf, travelWords } from './summary.ts';
