import { type RawBuilder, sql } from 'kysely';
import type { Context } from '../context.ts';
import { type RetentionRule, retentionRule } from '../retention/rule.ts';
import { idleLimits } from './idle.ts';
import './tables.ts';

const untilErased = 'Jusqu’à l’effacement du compte';

/**
 * What is kept of who signs in. `eraseAccount`: all that the house does when an account is erased, for those that nobody
 * ever used. `needed`: conditions in SQL about a row of `account`, each one thing that modules still expect of somebody; one
 * that holds keeps the account.
 */
export const identityRetention = (
  eraseAccount: (inside: Context, account: string) => Promise<void>,
  needed: readonly RawBuilder<unknown>[] = [],
): readonly RetentionRule[] => [
  retentionRule({
    ...{ ends: 'time', name: 'identity.session', table: 'account_session', column: 'expires_at', age: {} },
    ...{ what: 'Une connexion', since: 'après son terme (30 jours, 12 heures pour un agent)' },
  }),
  retentionRule({
    ...{ ends: 'time', name: 'identity.proof', table: 'account_proof', column: 'expires_at', age: {} },
    ...{ what: 'Un message de connexion', since: 'après son terme, quinze minutes' },
  }),
  retentionRule({
    ...{ ends: 'time', name: 'identity.challenge', table: 'account_challenge', column: 'expires_at', age: {} },
    ...{ what: 'Une question posée à une clé', since: 'après son terme, quelques minutes' },
  }),
  retentionRule({
    ...{ ends: 'time', name: 'identity.invitation', table: 'invitation', column: 'expires_at', age: {} },
    ...{ what: 'Une invitation sans réponse', since: 'après son terme, 14 jours' },
  }),
  retentionRule({ ends: 'event', table: 'account', until: 'Jusqu’à son effacement ; la ligne reste, vide' }),
  retentionRule({
    ...{ ends: 'time', name: 'identity.unused', table: 'account', column: 'created_at', age: { years: 1 } },
    ...{ what: 'Un compte sans équipe, sans rôle, sans clé, sans connexion ouverte et dont rien n’est attendu' },
    since: 'après sa création',
    when: sql`email is not null
      and not exists (select from account_session where account_session.account = account.id)
      and not exists (select from account_passkey where account_passkey.account = account.id)
      and not exists (select from membership where membership.account = account.id)
      and not exists (select from agency_grant where agency_grant.account = account.id)
      and ${sql.join([sql`true`, ...needed.map((one) => sql`not (${one})`)], sql` and `)}`,
    erase: eraseAccount,
  }),
  retentionRule({
    ...{ ends: 'time', name: 'identity.idle', table: 'account', column: 'warned_at', age: { days: idleLimits.days } },
    ...{ what: 'Un compte sans signe de vie depuis trois ans', since: 'après le message qui en prévient' },
    when: sql`email is not null`,
    erase: eraseAccount,
  }),
  retentionRule({ ends: 'event', table: 'account_passkey', until: `Jusqu’à son retrait, ou l’effacement du compte` }),
  retentionRule({ ends: 'event', table: 'account_federation', until: untilErased }),
  retentionRule({ ends: 'event', table: 'membership', until: `Jusqu’au départ de la personne. ${untilErased}` }),
  retentionRule({
    ...{ ends: 'event', table: 'agency_grant' },
    until: `Jusqu’à son retrait, ou l’effacement du compte ; le journal garde un pseudonyme`,
  }),
];
