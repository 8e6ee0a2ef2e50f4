import type { Overtaken } from '#modules/calls/server/index.ts';
import type { Refusal } from '#platform/result.ts';

/** Somebody else wrote this part meanwhile: both texts are shown, and the person chooses. `at`: « à 14 h 02 ». */
export interface SectionConflict extends Refusal {
  readonly overtaken: Overtaken;
}

/** What somebody else wrote meanwhile, when this is why nothing was written. */
export const overtakenOf = (refusal: Refusal | undefined): Overtaken | undefined =>
  refusal && isConflict(refusal) ? refusal.overtaken : undefined;

const isConflict = (refusal: Refusal): refusal is SectionConflict => 'overtaken' in refusal;
