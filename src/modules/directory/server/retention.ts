import { type RetentionRule, retentionRule } from '#platform/server/retention/rule.ts';
import { FEED_DAYS } from './exports-make.ts';
import { reportDaysKept } from './report.ts';
import './tables.ts';

const published = 'Tant que la source ou la personne le dit ; une fiche fermée reste, marquée fermée';

/** How long the directory keeps what it says, and what is said of it. */
export const directoryRetention: readonly RetentionRule[] = [
  retentionRule({
    ...{ ends: 'time', name: 'directory.report-closed', table: 'directory_report', column: 'closed_at' },
    ...{ age: { days: reportDaysKept.closed }, what: 'Un signalement traité', since: 'après avoir été traité' },
  }),
  retentionRule({
    ...{ ends: 'time', name: 'directory.report-open', table: 'directory_report', column: 'created_at' },
    ...{ age: { days: reportDaysKept.open }, what: 'Un signalement', since: 'après son arrivée' },
  }),
  retentionRule({
    ...{ ends: 'event', table: 'export_record', job: 'directory.exports' },
    until: `${FEED_DAYS} jours après la fermeture`,
  }),
  ...(['organisation', 'place', 'service', 'tour', 'tour_stop', 'placement', 'offer'] as const).map((table) =>
    retentionRule({ ends: 'event', table, until: published }),
  ),
  retentionRule({
    ...{ ends: 'event', table: 'professional' },
    until: `${published} ; vidée quand le compte qui la tenait seul est effacé`,
  }),
];
