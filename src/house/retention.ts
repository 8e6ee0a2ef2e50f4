import { callbackRetention } from '#modules/callback/server/index.ts';
import { directoryRetention } from '#modules/directory/server/index.ts';
import { professionalsRetention } from '#modules/professionals/server/index.ts';
import type { AccountId } from '#platform/server/context.ts';
import { identityRetention } from '#platform/server/identity/retention.ts';
import { mailRetention } from '#platform/server/mail/retention.ts';
import { type RetentionRule, retentionRule } from '#platform/server/retention/rule.ts';
import { eraseEverything } from './account-rights.ts';

/** What a person or another job ends. */
const until = (table: string, sentence: string, job?: string): RetentionRule =>
  retentionRule({ ends: 'event', table, until: sentence, ...(job ? { job } : {}) });

/**
 * How long everything about people is kept: the one list, from which the hourly work (`retention.apply`), the command
 * (`npm run db -- retention`) and the column of `docs/data-protection.md` all come.
 */
export const retentionRules: readonly RetentionRule[] = [
  ...identityRetention((inside, account) => eraseEverything(inside, account as AccountId)),
  ...mailRetention,
  ...professionalsRetention,
  ...callbackRetention,
  ...directoryRetention,
  retentionRule({
    ends: 'event',
    table: 'push_registration',
    until: 'Jusqu’au dernier rappel, ou au refus de l’appareil',
    job: 'push.send',
  }),
  until('push_moment', 'Jusqu’à l’envoi', 'push.send'),
  until('network_request', 'Jusqu’à la réponse, 60 jours au plus', 'networks.relay'),
  until('relay_thread', 'Un an après le dernier message', 'networks.relay'),
  until('relay_delivery', 'Un an après le dernier message', 'networks.relay'),
  until('relay_message', 'Texte vidé après 30 jours, un an au plus s’il est signalé', 'networks.relay'),
  until('network', 'Jusqu’à la fermeture du réseau'),
  until('network_note', 'Jusqu’à ce qu’un membre l’efface, ou à la fermeture du réseau'),
  until('relay_refusal', 'Jusqu’au changement d’avis, ou à l’effacement du compte'),
  until('relay_ban', 'Tant que le compte existe ; ensuite, un numéro qui ne mène à personne'),
  until('relay_block', 'Jusqu’au changement d’avis, ou à l’effacement du compte'),
  until('event_series', 'Tant que l’organisme le garde'),
  until('rate_limit', 'Quinze minutes, effacé dans l’heure qui suit'),
  retentionRule({
    ...{ ends: 'never', table: 'journal_event' },
    why: 'un journal dont on efface ne prouve plus rien ; il ne contient que des numéros',
  }),
];
