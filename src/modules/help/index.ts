export { type Call, callOf, checkOf, crisisLines } from './call.ts';
export { checkEveryDays, freshnessOf, type Helpline, hrefOf, linesToCheck } from './helpline.ts';
