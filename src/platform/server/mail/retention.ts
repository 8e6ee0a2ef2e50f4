import { sql } from 'kysely';
import { type RetentionRule, retentionRule } from '../retention/rule.ts';
import './addresses.ts';
import './outbox.ts';

/** How long messages stay in the outbox, whatever became of them. What still waits is not touched. */
export const mailRetention: readonly RetentionRule[] = [
  retentionRule({
    ...{ ends: 'time', name: 'mail.sent', table: 'mail_outbox', column: 'sent_at', age: { days: 30 } },
    ...{ when: sql`status = 'sent'`, what: 'Un message envoyé', since: 'après l’envoi' },
  }),
  retentionRule({
    ...{ ends: 'time', name: 'mail.unsent', table: 'mail_outbox', column: 'posted_at', age: { days: 365 } },
    ...{
      when: sql`status in ('kept', 'failed')`,
      what: 'Un message qui n’a pas pu partir',
      since: 'après avoir été écrit',
    },
  }),
  retentionRule({
    ...{ ends: 'time', name: 'mail.secret', table: 'mail_outbox', column: 'posted_at', age: { days: 1 } },
    ...{
      when: sql`secret and status <> 'sent'`,
      what: 'Un message qui ouvre une porte',
      since: 'après avoir été écrit',
    },
  }),
  // A refusal of a year ago says little; whoever wants to be left alone is, for as long as the site lives.
  retentionRule({
    ...{ ends: 'time', name: 'mail.refusal', table: 'mail_address', column: 'refused_at', age: { days: 365 } },
    ...{ when: sql`silent_since is null`, what: 'Une adresse refusée', since: 'après le refus de son serveur' },
  }),
  retentionRule({
    ...{ ends: 'time', name: 'mail.refusal-silent', table: 'mail_address', column: 'refused_at', age: { days: 365 } },
    ...{
      set: sql`refused_at = null, refusal = null`,
      what: 'Le refus d’une adresse qui veut le silence',
      since: 'après',
    },
  }),
  retentionRule({
    ...{ ends: 'event', table: 'mail_address' },
    until: 'Une demande de silence : tant que la personne ne la retire pas',
  }),
];
