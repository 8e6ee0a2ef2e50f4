export { type Call, callOf, checkOf, crisisLines } from './call.ts';
export { checkEveryDays, freshnessOf, type Helpline, hrefOf } from './helpline.ts';
