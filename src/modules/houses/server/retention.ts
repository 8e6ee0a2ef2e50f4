import { type RetentionRule, retentionRule } from '#platform/server/retention/rule.ts';
import { DAYS_KEPT } from '../house.ts';
import './tables.ts';

/** How long what a Maison knows of people is kept. What is counted for its report holds nobody. */
export const housesRetention: readonly RetentionRule[] = [
  retentionRule({
    ...{ ends: 'time', name: 'houses.appointment', table: 'house_appointment', column: 'starts_at' },
    ...{ age: { days: DAYS_KEPT }, what: 'Un rendez-vous individuel', since: 'après sa date' },
  }),
];
