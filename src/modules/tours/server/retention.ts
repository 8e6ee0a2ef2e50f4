import { sql } from 'kysely';
import { type RetentionRule, retentionRule } from '#platform/server/retention/rule.ts';
import { followDays } from './follow.ts';
import './tables.ts';

/** How long is kept who asked to be told; the messages that left, and the hashes of their links, go with it. */
export const toursRetention: readonly RetentionRule[] = [
  retentionRule({
    ...{ ends: 'time', name: 'tours.unconfirmed', table: 'tour_follow', column: 'asked_at' },
    ...{ age: { days: followDays.unconfirmed }, when: sql`confirmed_at is null` },
    ...{ what: 'Une demande sans confirmation', since: 'après la demande' },
  }),
  retentionRule({
    ...{ ends: 'time', name: 'tours.follow', table: 'tour_follow', column: 'confirmed_at' },
    ...{ age: { days: followDays.confirmed }, what: 'Une demande', since: 'après sa dernière confirmation' },
  }),
  retentionRule({
    ...{ ends: 'time', name: 'tours.change', table: 'tour_visit_change', column: sql`was at time zone time_zone` },
    ...{ age: { days: 30 }, what: 'Un changement', since: 'après le passage' },
  }),
];
