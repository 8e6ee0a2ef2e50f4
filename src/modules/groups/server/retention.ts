import { sql } from 'kysely';
import { endOfDay, type RetentionRule, retentionRule } from '#platform/server/retention/rule.ts';
import './tables.ts';

/** How long a family may wait for a group, in days: its page says so. */
export const DAYS_WAITING = 270;

/** How long what families tell of themselves is kept. The words that open their pages go with them. */
export const groupsRetention: readonly RetentionRule[] = [
  retentionRule({
    ...{ ends: 'time', name: 'groups.unconfirmed', table: 'group_seat', column: 'asked_at', age: { days: 3 } },
    ...{ what: 'Une demande que sa boîte n’a pas confirmée', since: 'après son arrivée' },
    when: sql`status = 'asked'`,
  }),
  retentionRule({
    ...{ ends: 'time', name: 'groups.waiting', table: 'group_seat', column: 'asked_at', age: { days: DAYS_WAITING } },
    ...{ what: 'Une demande qui attend encore', since: 'après son arrivée' },
    when: sql`status = 'waiting'`,
  }),
  retentionRule({
    ...{ ends: 'time', name: 'groups.left', table: 'group_seat', column: 'ended_at', age: { days: 15 } },
    ...{ what: 'Le compte d’une famille partie, sans nom ni adresse', since: 'après son départ' },
  }),
  // The month of the third birthday, to its end.
  retentionRule({
    ...{ ends: 'time', name: 'groups.third-birthday', table: 'group_seat', column: endOfDay('month') },
    ...{
      age: { years: 3, days: 31 },
      what: 'Une place dans un groupe',
      since: 'après le premier jour du mois de naissance',
    },
  }),
  retentionRule({
    ...{ ends: 'time', name: 'groups.over', table: 'birth_group', column: endOfDay('month') },
    ...{ age: { years: 3, days: 31 }, what: 'Un groupe', since: 'après le premier jour du mois de naissance' },
  }),
  retentionRule({
    ...{ ends: 'time', name: 'groups.message', table: 'group_message', column: 'sent_at', age: { days: 90 } },
    ...{ what: 'Un message à un groupe', since: 'après son envoi' },
  }),
  retentionRule({
    ...{ ends: 'time', name: 'groups.report-open', table: 'group_report', column: 'reported_at', age: { days: 365 } },
    ...{ what: 'Un signalement', since: 'après son arrivée' },
  }),
  retentionRule({
    ...{ ends: 'time', name: 'groups.report', table: 'group_report', column: 'settled_at', age: { days: 90 } },
    ...{ what: 'Un signalement traité', since: 'après avoir été traité' },
  }),
];
