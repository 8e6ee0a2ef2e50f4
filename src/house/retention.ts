import { sql } from 'kysely';
import { agendaRetention } from '#modules/agenda/server/index.ts';
import { callbackRetention } from '#modules/callback/server/index.ts';
import { attachmentRetention, lapsedRetention, neededByCalls, presenceRetention } from '#modules/calls/server/index.ts';
import { directoryRetention } from '#modules/directory/server/index.ts';
import { groupsRetention } from '#modules/groups/server/index.ts';
import { counterRetention, housesRetention } from '#modules/houses/server/index.ts';
import { networksRetention } from '#modules/networks/server/index.ts';
import { professionalsRetention } from '#modules/professionals/server/index.ts';
import { respiteRetention } from '#modules/respite/server/index.ts';
import { toursRetention } from '#modules/tours/server/index.ts';
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
  ...identityRetention((inside, account) => eraseEverything(inside, account as AccountId), neededByCalls),
  ...mailRetention,
  ...professionalsRetention,
  ...callbackRetention,
  ...directoryRetention,
  ...networksRetention,
  ...respiteRetention,
  ...agendaRetention,
  ...toursRetention,
  ...groupsRetention,
  ...housesRetention,
  ...counterRetention,
  ...attachmentRetention,
  ...lapsedRetention,
  ...presenceRetention,
  retentionRule({
    ends: 'event',
    table: 'push_registration',
    until: 'Jusqu’au dernier rappel, ou au refus de l’appareil',
    job: 'push.send',
  }),
  until('group_team', 'Jusqu’à ce que l’organisme ferme ; ensuite, une ligne fermée'),
  until('group_key', 'Jusqu’au départ de la famille'),
  until('push_moment', 'Jusqu’à l’envoi', 'push.send'),
  until('network', 'Jusqu’à la fermeture du réseau'),
  until('network_note', 'Jusqu’à ce qu’un membre l’efface, ou à la fermeture du réseau'),
  until('relay_refusal', 'Jusqu’au changement d’avis, ou à l’effacement du compte'),
  until('relay_ban', 'Tant que le compte existe ; ensuite, un numéro qui ne mène à personne'),
  until('relay_block', 'Jusqu’au changement d’avis, ou à l’effacement du compte'),
  retentionRule({
    ...{ ends: 'time', name: 'house.rate-limit', table: 'rate_limit', column: sql`to_timestamp(expire / 1000.0)` },
    ...{ age: {}, what: 'Un compteur', since: 'après son terme, quinze minutes' },
  }),
  retentionRule({
    ...{ ends: 'never', table: 'journal_event' },
    why: 'un journal dont on efface ne prouve plus rien ; il ne contient que des numéros',
  }),
];
