import { emptyListing } from '#modules/directory/server/index.ts';
import { isUuid } from '#platform/ids.ts';
import type { AccountId, Context } from '#platform/server/context.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { type Draft, draftSchema } from '../draft.ts';
import { commandAttestation } from './attestations.ts';
import { commandCase } from './cases.ts';
import './claim-tables.ts';
import './tables.ts';

/** What becomes of a registration when an account is erased. */
export interface Consequence {
  readonly id: string;
  readonly name: string;
  /** `stays`: somebody else is responsible for it. `withdrawn`: nobody would be; it disappears with the account. */
  readonly fate: 'stays' | 'withdrawn';
}

/** What the erasure of the actor’s account would do to each registration that they are responsible for. */
export const consequencesOfErasure = async (context: PersonContext): Promise<Consequence[]> => {
  const rows = await ownedBy(context, context.actor.account);
  return rows.map(({ id, draft, others }) => ({
    ...{ id, name: nameOf(draftSchema.parse(draft)) },
    fate: others.length > 0 ? 'stays' : 'withdrawn',
  }));
};

const nameOf = (draft: Draft): string =>
  (draft.as === 'structure' ? draft.structure.name : draft.name) || 'Inscription commencée';

/**
 * Erases what professionals keep of an account, before the account itself: a registration that has another owner stays, in
 * their hands; one that would have none is withdrawn from parents and emptied. In the transaction of the erasure.
 */
export const eraseProfessional = async (inside: Context, account: AccountId): Promise<void> => {
  const { db } = inside;
  for (const { id, others } of await ownedBy(inside, account)) {
    const [heir] = others;
    if (heir === undefined) await emptyRegistration(inside, id);
    else {
      await db
        .updateTable('registration')
        .set({ account: heir })
        .where('id', '=', id)
        .where('account', '=', account)
        .execute();
    }
  }
  await db.deleteFrom('trusted_editor').where('account', '=', account).execute();
  // What the person said of a proposal of theirs is theirs; what was decided on it stays, without their words.
  await db.updateTable('moderation_case').set({ words: null }).where('author', '=', account).execute();
};

const ownedBy = async ({ db }: Context, account: AccountId) => {
  const held = await db
    .selectFrom('membership')
    .select('organisation')
    .where('account', '=', account)
    .where('role', '=', 'owner')
    .execute();
  const ids = held.map(({ organisation }) => organisation).filter(isUuid);
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom('registration')
    .select(['id', 'draft'])
    .where('id', 'in', ids)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  const owners = await db
    .selectFrom('membership')
    .select(['organisation', 'account'])
    .where('organisation', 'in', ids)
    .where('role', '=', 'owner')
    .where('account', '<>', account)
    .orderBy('since')
    .execute();
  return rows.map((row) => ({
    ...row,
    others: owners.filter(({ organisation }) => organisation === row.id).map((owner) => owner.account),
  }));
};

/**
 * Takes a registration away from parents and keeps nothing of what it said: the listing, the two versions, what was proposed
 * and why it was refused. Its attestation says that it was withdrawn, to whoever still scans the code.
 */
export const emptyRegistration = async (inside: Context, id: string): Promise<void> => {
  const { db } = inside;
  await db.selectFrom('registration').select('id').where('id', '=', id).forUpdate().execute();
  const open = await db
    .selectFrom('moderation_case')
    .select(['id', 'kind'])
    .where('registration', '=', id)
    .where('status', 'in', ['waiting', 'published'])
    .execute();
  for (const row of open) {
    const ended = await commandCase(inside, row.id, { command: 'supersede', role: 'author', kind: row.kind });
    if (!ended.ok) throw new Error('a case could not be ended');
  }
  const attestations = await db
    .selectFrom('attestation')
    .select(['id', 'status'])
    .where('registration', '=', id)
    .execute();
  for (const attestation of attestations) {
    if (!['requested', 'given', 'disputed'].includes(attestation.status)) continue;
    const ended = await commandAttestation(inside, attestation.id, { command: 'giveUp', role: 'holder' });
    if (!ended.ok) throw new Error('an attestation could not be ended');
  }
  await db.deleteFrom('listing_owner').where('registration', '=', id).execute();
  await emptyListing(inside, id);
  const reasons = [
    ...(await db.selectFrom('attestation').select('reason').where('registration', '=', id).execute()),
    ...(await db.selectFrom('moderation_case').select('reason').where('registration', '=', id).execute()),
  ].flatMap(({ reason }) => reason ?? []);
  await db.updateTable('attestation').set({ reason: null }).where('registration', '=', id).execute();
  await db
    .updateTable('moderation_case')
    .set({ proposed: '{}', before: '{}', words: null, reason: null })
    .where('registration', '=', id)
    .execute();
  if (reasons.length > 0) await db.deleteFrom('moderation_reason').where('id', 'in', reasons).execute();
  await db
    .updateTable('registration')
    .set({ status: 'closed', draft: '{}', published: null })
    .where('id', '=', id)
    .execute();
};

/** What professionals keep of an account, as plain values for JSON (articles 15 and 20 of the GDPR). */
export const exportProfessional = async ({ db, actor }: PersonContext) => {
  const { account, memberships } = actor;
  const mine = memberships.map(({ organisation }) => organisation).filter(isUuid);
  const registrations = await db
    .selectFrom('registration')
    .select(['id', 'status', 'draft', 'published', 'created_at', 'changed_at', 'sent_at'])
    .where(({ eb, or }) => or([eb('account', '=', account), ...(mine.length > 0 ? [eb('id', 'in', mine)] : [])]))
    .orderBy('created_at')
    .execute();
  const ids = registrations.map(({ id }) => id);
  const attestations =
    ids.length === 0
      ? []
      : await db
          .selectFrom('attestation')
          .leftJoin('moderation_reason', 'moderation_reason.id', 'attestation.reason')
          .select(['registration', 'token', 'status', 'given_on', 'until', 'moderation_reason.text as reason'])
          .where('registration', 'in', ids)
          .execute();
  const proposals = await db
    .selectFrom('moderation_case')
    .leftJoin('moderation_reason', 'moderation_reason.id', 'moderation_case.reason')
    .select(['kind', 'status', 'registration', 'entity', 'entity_id', 'proposed', 'before', 'words'])
    .select(['moderation_case.created_at', 'decided_at', 'moderation_reason.text as reason'])
    .where('author', '=', account)
    .orderBy('moderation_case.created_at')
    .execute();
  const trusted = await db
    .selectFrom('trusted_editor')
    .select(['territory', 'since'])
    .where('account', '=', account)
    .execute();
  return { registrations, attestations, proposals, trusted };
};
