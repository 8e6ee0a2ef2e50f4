export { sizes } from './cohort.ts';
export { situationLabel, situations } from './situation.ts';
export { monthInWords, monthsOffered, type TypedWish, wishLimits } from './wish.ts';
