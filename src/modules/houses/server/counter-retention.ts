import { endOfDay, type RetentionRule, retentionRule } from '#platform/server/retention/rule.ts';
import { DAYS_KEY_KEPT } from '../counter.ts';
import './counter-tables.ts';

/** How long touches are known one by one. What they add up to holds nobody, and is not here. */
export const counterRetention: readonly RetentionRule[] = [
  retentionRule({
    ...{ ends: 'time', name: 'houses.tap', table: 'house_tap', column: endOfDay('day'), age: { days: DAYS_KEY_KEPT } },
    ...{ what: 'Une touche d’un accueil', since: 'après son jour' },
  }),
];
