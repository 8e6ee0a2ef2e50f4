import { sql } from 'kysely';
import { endOrganisation } from '#platform/server/identity/members.ts';
import { type RetentionRule, retentionRule } from '#platform/server/retention/rule.ts';
import { emptyRegistration } from './erasure.ts';
import './claim-tables.ts';
import './fresh/tables.ts';
import './tables.ts';

/** How long what professionals said, and what was decided on it, is kept. */
export const professionalsRetention: readonly RetentionRule[] = [
  retentionRule({
    ...{ ends: 'event', table: 'registration' },
    until: 'Tant que la personne la garde ; vidée quand le compte de sa dernière personne responsable est effacé',
  }),
  retentionRule({
    ...{ ends: 'time', name: 'professionals.draft', table: 'registration', column: 'changed_at', age: { years: 1 } },
    ...{ what: 'Une inscription jamais envoyée', since: 'après le dernier changement' },
    when: sql`status = 'draft' and sent_at is null`,
    erase: async (inside, id) => {
      await endOrganisation(inside, id);
      await emptyRegistration(inside, id);
    },
  }),
  retentionRule({
    ...{ ends: 'time', name: 'professionals.refused', table: 'registration', column: 'changed_at', age: { years: 1 } },
    ...{ what: 'Une inscription refusée', since: 'après le dernier changement', when: sql`status = 'refused'` },
    erase: async (inside, id) => {
      await endOrganisation(inside, id);
      await emptyRegistration(inside, id);
    },
  }),
  retentionRule({ ends: 'event', table: 'attestation', until: 'Comme l’inscription ; retirée, elle le dit encore' }),
  retentionRule({
    ...{ ends: 'time', name: 'professionals.case', table: 'moderation_case', column: 'created_at', age: { years: 5 } },
    ...{ what: 'Une demande décidée', since: 'après son arrivée' },
    // Two pages that were joined still lead one to the other.
    when: sql`status in ('accepted', 'refused', 'withdrawn', 'undone')
      and not (kind = 'duplicate' and status = 'accepted')
      and not exists (select from listing_owner where listing_owner.case_id = moderation_case.id)`,
    erase: async ({ db }, id) => {
      await db.deleteFrom('claim').where('case_id', '=', id).execute();
      await db.deleteFrom('moderation_case').where('id', '=', id).execute();
    },
  }),
  retentionRule({
    ...{
      ends: 'time',
      name: 'professionals.reason',
      table: 'moderation_reason',
      column: 'created_at',
      age: { years: 5 },
    },
    ...{ what: 'Le motif d’une décision', since: 'après la décision' },
    when: sql`not exists (select from moderation_case where moderation_case.reason = moderation_reason.id)
      and not exists (select from moderation_policy where moderation_policy.reason = moderation_reason.id)
      and not exists (select from trusted_editor where trusted_editor.reason = moderation_reason.id)
      and not exists (select from attestation where attestation.reason = moderation_reason.id)`,
  }),
  // Who answered is, by then, in the day that parents read.
  retentionRule({
    ...{ ends: 'time', name: 'professionals.campaign', table: 'freshness_campaign', column: 'started_at' },
    ...{ age: { days: 400 }, what: 'Une campagne', since: 'après son lancement' },
  }),
  retentionRule({ ends: 'event', table: 'freshness_target', until: 'Comme la campagne' }),
  retentionRule({
    ...{ ends: 'time', name: 'professionals.ask', table: 'freshness_ask', column: 'asked_at', age: { days: 400 } },
    ...{ what: 'Une demande', since: 'après l’envoi' },
  }),
  retentionRule({ ends: 'event', table: 'freshness_question', until: 'Comme la demande' }),
  retentionRule({ ends: 'event', table: 'claim', until: 'Comme la demande dont elle fait partie' }),
  retentionRule({
    ...{ ends: 'event', table: 'listing_owner' },
    until: 'Jusqu’à ce qu’une autre inscription la tienne, ou que celle-ci soit vidée',
  }),
  retentionRule({ ends: 'event', table: 'moderation_policy', until: 'Jusqu’au choix suivant' }),
  retentionRule({ ends: 'event', table: 'trusted_editor', until: 'Jusqu’à son retrait, ou l’effacement du compte' }),
];
