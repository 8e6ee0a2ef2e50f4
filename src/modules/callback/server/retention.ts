import { sql } from 'kysely';
import { type RetentionRule, retentionRule } from '#platform/server/retention/rule.ts';
import { WAITING_DAYS } from './ask.ts';
import './tables.ts';

/** Nothing of who asked to be called stays for ever, whether somebody called or not. */
export const callbackRetention: readonly RetentionRule[] = [
  retentionRule({
    ...{ ends: 'time', name: 'callback.closed', table: 'callback_request', column: 'closed_at', age: { days: 30 } },
    ...{ what: 'Une demande close ou annulée', since: 'après' },
  }),
  retentionRule({
    ...{ ends: 'time', name: 'callback.waiting', table: 'callback_request', column: 'created_at' },
    ...{ age: { days: WAITING_DAYS }, when: sql`status = 'waiting'` },
    ...{ what: 'Une demande que personne n’a prise', since: 'après son arrivée' },
  }),
  retentionRule({
    ...{ ends: 'time', name: 'callback.taken', table: 'callback_request', column: 'taken_at', age: { days: 30 } },
    ...{ when: sql`status = 'taken'`, what: 'Une demande prise et jamais close', since: 'après avoir été prise' },
  }),
  retentionRule({
    ...{ ends: 'time', name: 'callback.team', table: 'callback_team', column: 'ended_at', age: { years: 1 } },
    ...{ what: 'Une équipe qui ne rappelle plus', since: 'après la fin' },
    when: sql`not exists (select from callback_request where team = callback_team.id)`,
  }),
];
