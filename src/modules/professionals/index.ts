export { attestationWords } from './attestation.ts';
export { badgeSvg } from './badge.ts';
export { proofsFor, proofWords, writeClaimCode } from './claim.ts';
export { correctable } from './correction.ts';
export { type Draft, type DraftPlace, type DraftService, longest, most, nameOfDraft } from './draft.ts';
export { weekDays } from './hours-entry.ts';
export { professions, sectors } from './profession.ts';
export { allTroubles, looksAfterChildren, type StepCode, stepAfter, steps, stepsOf } from './steps.ts';
export { differencesOf, summaryOf, travelWords } from './summary.ts';
