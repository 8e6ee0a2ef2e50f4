import type { EpdsAssessment } from './epds.ts';
import type { BandId } from './scale.ts';

/** Who answers: the person who gave birth or is pregnant, or the other parent. Same bands, gentler words. */
export type Audience = 'birth' | 'second';

/** What a result without crisis says first. `unanswered`: nothing was answered, so nothing can be said. */
type CalmAdvice = BandId | 'incomplete' | 'unanswered';
export type Advice = 'urgent' | CalmAdvice;

/** Until when something is to be done. */
export type Delay = 'day' | 'week' | 'fortnight';

/** Words of thanks, whom to call now, what to do meanwhile. */
type CrisisBlock = { readonly kind: 'crisis'; readonly audience: Audience };
type Block =
  | { readonly kind: 'words'; readonly advice: CalmAdvice; readonly audience: Audience }
  | { readonly kind: 'anxiety' }
  | { readonly kind: 'second-parent' }
  | { readonly kind: 'steps'; readonly delay: Delay }
  /** Whom to call near me, what to say on the phone, what happens next. */
  | { readonly kind: 'people' };

/** A result where help comes first. It cannot be built without its crisis card: the type says so. */
export interface UrgentResult {
  readonly urgent: true;
  readonly advice: 'urgent';
  /** Band of the total, for the professional; absent when the scale is not complete. */
  readonly band: BandId | undefined;
  readonly blocks: readonly [CrisisBlock, ...Block[]];
}

export interface CalmResult {
  readonly urgent: false;
  readonly advice: CalmAdvice;
  readonly band: BandId | undefined;
  readonly blocks: readonly Block[];
}

export type Result = UrgentResult | CalmResult;
export type ResultBlock = CrisisBlock | Block;

/**
 * What is shown after the questions, in its order. Screen, print and text draw these blocks and decide nothing.
 * Item 10 first: then the words of a low total are not used, since they would contradict what was just said.
 */
export const resultOf = (assessment: EpdsAssessment, audience: Audience): Result => {
  const band = assessment.status === 'complete' ? assessment.band : undefined;
  const after = followingBlocks(assessment, audience);
  if (assessment.crisis) {
    return { urgent: true, advice: 'urgent', band, blocks: [{ kind: 'crisis', audience }, ...after] };
  }
  const advice =
    assessment.status === 'complete' ? assessment.band : assessment.missing.length === 10 ? 'unanswered' : 'incomplete';
  return { urgent: false, advice, band, blocks: [{ kind: 'words', advice, audience }, ...after] };
};

const followingBlocks = (assessment: EpdsAssessment, audience: Audience): Block[] => [
  ...(assessment.status === 'complete' && assessment.anxiety ? [{ kind: 'anxiety' } as const] : []),
  ...(audience === 'second' ? [{ kind: 'second-parent' } as const] : []),
  ...delaysOf(assessment).map((delay) => ({ kind: 'steps', delay }) as const),
  { kind: 'people' },
];

/** The nearest delay first. Who is not well is never told to wait two weeks before speaking. */
const delaysOf = (assessment: EpdsAssessment): readonly Delay[] => {
  if (assessment.crisis) return ['day', 'week', 'fortnight'];
  if (assessment.status === 'incomplete') return ['week'];
  return delays[assessment.band];
};

const delays: Readonly<Record<BandId, readonly Delay[]>> = {
  soon: ['day', 'week', 'fortnight'],
  'this-week': ['week', 'fortnight'],
  again: ['week', 'fortnight'],
  steady: ['fortnight'],
};
