import { sql } from 'kysely';
import { type RetentionRule, retentionRule } from '#platform/server/retention/rule.ts';
import { DAYS_KEPT } from '../booking.ts';
import './tables.ts';

/** How long what the agenda knows of people is kept. A date that is moved takes its bookings with it. */
export const agendaRetention: readonly RetentionRule[] = [
  retentionRule({ ends: 'event', table: 'event_series', until: 'Tant que l’organisme le garde' }),
  retentionRule({
    ...{ ends: 'time', name: 'agenda.booking', table: 'event_booking', age: { days: DAYS_KEPT } },
    column: sql`(select starts_at from event_occurrence as date where date.id = event_booking.occurrence)`,
    ...{ what: 'Une inscription', since: 'après la date' },
  }),
  retentionRule({
    ...{ ends: 'time', name: 'agenda.report-closed', table: 'event_report', column: 'closed_at' },
    ...{ age: { days: 30 }, what: 'Un signalement traité', since: 'après avoir été traité' },
  }),
  retentionRule({
    ...{ ends: 'time', name: 'agenda.report-open', table: 'event_report', column: 'created_at' },
    ...{ age: { days: 365 }, what: 'Un signalement', since: 'après son arrivée' },
  }),
];
