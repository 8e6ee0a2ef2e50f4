import { sql } from 'kysely';
import { type RetentionRule, retentionRule } from '#platform/server/retention/rule.ts';
import './tables.ts';

/** A text is emptied: who wrote to whom stays a little longer, so that a link still blocks and still stops. */
const emptied = { ends: 'time', table: 'relay_message', set: sql`text = null` } as const;

/** How long what professionals write to one another is kept. The texts come first: a thread goes once it has none. */
export const networksRetention: readonly RetentionRule[] = [
  retentionRule({
    ...{ ...emptied, name: 'networks.text', column: 'sent_at', age: { days: 30 } },
    ...{ what: 'Le texte d’un message', since: 'après l’envoi' },
    when: sql`text is not null and reported_at is null`,
  }),
  retentionRule({
    ...{ ...emptied, name: 'networks.text-settled', column: 'settled_at', age: { days: 30 } },
    ...{ what: 'Le texte d’un message signalé et traité', since: 'après avoir été traité' },
    when: sql`text is not null`,
  }),
  retentionRule({
    ...{ ...emptied, name: 'networks.text-reported', column: 'reported_at', age: { years: 1 } },
    ...{ what: 'Le texte d’un message signalé', since: 'après le signalement', when: sql`text is not null` },
  }),
  retentionRule({
    ...{ ends: 'event', table: 'relay_message' },
    until: 'Le reste du message : comme l’échange dont il fait partie',
  }),
  retentionRule({
    ...{ ends: 'time', name: 'networks.thread', table: 'relay_thread', column: 'last_at', age: { years: 1 } },
    ...{ what: 'Un échange dont il ne reste aucun texte', since: 'après le dernier message' },
    when: sql`not exists (select from relay_message where thread = relay_thread.id and text is not null)`,
  }),
  retentionRule({ ends: 'event', table: 'relay_delivery', until: 'Comme l’échange dont elle fait partie' }),
  retentionRule({ ends: 'event', table: 'network_request', until: 'Jusqu’à la réponse' }),
  retentionRule({
    ...{ ends: 'time', name: 'networks.request', table: 'network_request', column: 'created_at', age: { days: 60 } },
    ...{ what: 'Une demande sans réponse', since: 'après son arrivée' },
  }),
];
