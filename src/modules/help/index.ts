export { checkEveryDays, freshnessOf, type Helpline, hrefOf } from './helpline.ts';
