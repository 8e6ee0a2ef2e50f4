export { type Call, callOf, checkOf, crisisLines, griefLines } from './call.ts';
export { checkEveryDays, freshnessOf, type Helpline, hrefOf, linesToCheck } from './helpline.ts';
