import { endOfDay, type RetentionRule, retentionRule } from '#platform/server/retention/rule.ts';
import './sitting/tables.ts';
import './tables.ts';

/** How long what was said for one day is kept. The words that open a request go with it. */
export const respiteRetention: readonly RetentionRule[] = [
  // Enough for a structure to look back on its month.
  retentionRule({
    ...{ ends: 'time', name: 'respite.places', table: 'free_place', column: endOfDay('day'), age: { days: 30 } },
    ...{ what: 'Des places libres', since: 'après le jour annoncé' },
  }),
  retentionRule({
    ...{ ends: 'time', name: 'respite.sitting', table: 'sitting_request', column: endOfDay('day'), age: { days: 7 } },
    ...{ what: 'Une demande de garde', since: 'après le jour demandé' },
  }),
  retentionRule({
    ...{ ends: 'time', name: 'respite.report-open', table: 'sitting_report', column: 'reported_at' },
    ...{ age: { days: 365 }, what: 'Un signalement', since: 'après son arrivée' },
  }),
  retentionRule({
    ...{ ends: 'time', name: 'respite.report', table: 'sitting_report', column: 'settled_at', age: { days: 90 } },
    ...{ what: 'Un signalement traité', since: 'après avoir été traité' },
  }),
];
