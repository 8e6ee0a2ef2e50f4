export {
  assessEpds,
  type EpdsAnswers,
  type EpdsAssessment,
  type EpdsItem,
  type EpdsPoints,
  parseAnswers,
} from './epds.ts';
export { reminderInTwoWeeks } from './reminder.ts';
export { type Audience, type Result, resultOf } from './result.ts';
export { type BandId, epdsScale } from './scale.ts';
export type { ScreeningWords } from './text.ts';
export { whomToSeeNear } from './whom-to-see.ts';
export type { EpdsWording } from './wording.ts';
