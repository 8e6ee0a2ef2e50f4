import { sql } from 'kysely';
import { PERSON } from '#modules/directory/index.ts';
import { emptyListing } from '#modules/directory/server/index.ts';
import { isUuid } from '#platform/ids.ts';
import type { AccountId, Context } from '#platform/server/context.ts';
import { holdTeam, setMember } from '#platform/server/identity/members.ts';
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
  /** `stays`: somebody else of the team keeps it. `withdrawn`: nobody would; it disappears with the account. */
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
 * Erases what professionals keep of an account, before the account itself: a registration that somebody else of the team
 * may keep stays, in the hands of another owner or, for the page of a structure, of the oldest editor, who becomes owner and
 * is told; one that nobody would keep is withdrawn from parents and emptied. In the transaction of the erasure.
 */
export const eraseProfessional = async (inside: Context, account: AccountId): Promise<void> => {
  const { db } = inside;
  const owned = (await ownedBy(inside, account)).map(({ id }) => id).sort();
  for (const id of owned) await holdTeam(inside, id);
  // Read again: whoever was read may have left before they were held.
  for (const { id, draft, others } of await ownedBy(inside, account)) {
    const [heir] = others;
    if (heir === undefined) await emptyRegistration(inside, id);
    else {
      if (heir.role !== 'owner') {
        const named = await setMember(inside, id, heir.account, 'owner');
        if (!named.ok) throw new Error('an heir could not be named');
        await tellHeir(inside, heir.account, nameOf(draftSchema.parse(draft)));
      }
      await db
        .updateTable('registration')
        .set({ account: heir.account })
        .where('id', '=', id)
        .where('account', '=', account)
        .execute();
    }
  }
  await db.deleteFrom('trusted_editor').where('account', '=', account).execute();
  const corrections = await db
    .selectFrom('moderation_case')
    .select('id')
    .where('author', '=', account)
    .where('kind', '=', 'correction')
    .execute();
  await forgetCorrections(
    inside,
    corrections.map(({ id }) => id),
  );
  // What the person said of a proposal of theirs is theirs; what was decided on it stays, without their words.
  await db.updateTable('moderation_case').set({ words: null }).where('author', '=', account).execute();
};

const tellHeir = async ({ db, mail }: Context, account: string, name: string): Promise<void> => {
  const row = await db.selectFrom('account').select('email').where('id', '=', account).executeTakeFirst();
  if (!row?.email) return;
  await mail.post({
    ...{ to: row.email, subject: 'Vous êtes maintenant responsable d’une inscription' },
    text: `Bonjour,\n\nLa personne responsable de votre équipe n’a plus de compte. Pour que la page reste en ligne, c’est vous qui en êtes maintenant responsable\u00a0: ${name}\n\nVous pouvez inviter d’autres personnes, ou fermer l’inscription, dans votre espace.`,
  });
};

/** Corrections lose what they said, on both sides, and why they were decided; one that waits is taken back first. */
const forgetCorrections = async (inside: Context, ids: readonly string[]): Promise<void> => {
  if (ids.length === 0) return;
  const { db } = inside;
  const rows = await db
    .selectFrom('moderation_case')
    .select(['id', 'status', 'reason'])
    .where('id', 'in', ids)
    .orderBy('id')
    .forUpdate()
    .execute();
  for (const { id, status } of rows) {
    if (status !== 'waiting' && status !== 'published') continue;
    const ended = await commandCase(inside, id, { command: 'supersede', role: 'author', kind: 'correction' });
    if (!ended.ok) throw new Error('a correction could not be ended');
  }
  await db
    .updateTable('moderation_case')
    .set({ proposed: '{}', before: '{}', words: null, reason: null })
    .where('id', 'in', ids)
    .execute();
  const reasons = rows.flatMap(({ reason }) => reason ?? []);
  if (reasons.length > 0) await db.deleteFrom('moderation_reason').where('id', 'in', reasons).execute();
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
  const heirs = await db
    .selectFrom('membership')
    .select(['organisation', 'account', 'role'])
    .where('organisation', 'in', ids)
    .where('role', 'in', ['owner', 'editor'])
    .where('account', '<>', account)
    .orderBy(({ eb }) => eb('role', '=', 'owner'), 'desc')
    .orderBy('since')
    .orderBy('account')
    .execute();
  return rows.map((row) => ({
    ...row,
    // The page of one person is theirs: whoever helped them to write it does not keep it after them.
    others: heirs.filter(
      ({ organisation, role }) =>
        organisation === row.id && (role === 'owner' || draftSchema.parse(row.draft).as === 'structure'),
    ),
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
  const corrections = await sql<{ id: string }>`
    select id from moderation_case where kind = 'correction' and (
      (entity = 'place' and entity_id in (select id from place where ${told(id)}))
      or (entity = 'service' and entity_id in (select id from service where ${told(id)})))`.execute(db);
  await forgetCorrections(
    inside,
    corrections.rows.map((row) => row.id),
  );
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

/** The rows of the directory that a registration told. */
const told = (id: string) => sql`source = ${PERSON} and (source_ref = ${id} or source_ref like ${`${id}/%`})`;

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
