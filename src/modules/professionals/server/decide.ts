import type { Selectable } from 'kysely';
import { coversIn } from '#modules/territory/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { isUuid } from '#platform/ids.ts';
import { ok, type Result, refuse } from '#platform/result.ts';
import { type Context, inTransaction } from '#platform/server/context.ts';
import type { Tables } from '#platform/server/database/database.ts';
import { readAccounts } from '#platform/server/identity/accounts.ts';
import { authorise } from '#platform/server/identity/authorise.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { noSuchCase } from '../case.ts';
import { draftSchema, longest } from '../draft.ts';
import { commandAttestation, livingAttestation } from './attestations.ts';
import { commandCase, keepReason, reasonTooLong } from './cases.ts';
import { applyClaim } from './claim-decision.ts';
import { applyCorrection } from './corrections.ts';
import { applyMerge } from './duplicates.ts';
import { scopeOf } from './located.ts';
import { closeListing, publishListing } from './publish.ts';

type Case = Selectable<Tables['moderation_case']>;

/** What a moderator orders. `reason` is read by who proposed. */
export interface Decision {
  readonly command: 'accept' | 'refuse';
  readonly reason: string;
}

/**
 * Decides on a case: the decision, what it does to the directory and to the attestation, and the message to who proposed
 * happen together or not at all. Refuses who moderates another territory, what somebody else has just decided, one’s own
 * proposal, and a refusal without its reason. `site`: origin of the addresses in the message, when the site knows its own.
 */
export const decideOnCase = (
  context: PersonContext,
  id: string,
  { command, reason }: Decision,
  site: string | undefined,
): Promise<Result<void>> =>
  inTransaction(context, async (inside) => {
    const { db, actor, indexes } = inside;
    const found = isUuid(id) ? await readRow(inside, id) : undefined;
    if (!found) return refuse(noSuchCase);
    const covers = coversIn(indexes.get(territoryIndex));
    const action = found.kind === 'claim' ? 'claim.decide' : 'proposal.decide';
    const allowed = await authorise(inside, action, { territory: scopeOf(found) }, covers);
    if (!allowed.ok) return allowed;
    if ([...reason].length > longest.words) return refuse(reasonTooLong);
    // Whoever sends a new version meanwhile waits here, and so do we: then the case is what it has become.
    if (found.registration) {
      await db.selectFrom('registration').select('id').where('id', '=', found.registration).forUpdate().execute();
    }
    const row = (await readRow(inside, id)) ?? found;
    const told = reason.trim() === '' ? undefined : await keepReason(inside, reason.trim());
    const own = row.author !== null && actor.kind === 'person' && row.author === actor.account;
    const decided = await commandCase(inside, id, {
      ...{ command, role: 'moderator', kind: row.kind, own },
      ...(told === undefined ? {} : { reason: told }),
    });
    if (!decided.ok) return decided;
    const done = await effects[row.kind](inside, row, command, told);
    if (!done.ok) return done;
    await tellAuthor(inside, row, command, reason.trim(), site);
    return ok(undefined);
  });

const readRow = ({ db }: Context, id: string): Promise<Case | undefined> =>
  db.selectFrom('moderation_case').selectAll().where('id', '=', id).executeTakeFirst();

type Effect = (
  context: Context,
  row: Case,
  command: Decision['command'],
  reason: string | undefined,
) => Promise<Result<void>>;

/** A registration that was accepted appears; one that was refused disappears, or goes back to what it was. */
const onRegistration: Effect = async (context, { registration, status, proposed, before }, command, reason) => {
  if (!registration) return ok(undefined);
  const set = (values: { status: 'published' | 'refused'; published?: string | null }) =>
    context.db.updateTable('registration').set(values).where('id', '=', registration).execute();
  const attestation = await livingAttestation(context, registration);
  const order = (next: 'give' | 'refuse' | 'withdraw') =>
    attestation
      ? commandAttestation(context, attestation.id, {
          ...{ command: next, role: 'moderator' },
          ...(reason === undefined ? {} : { reason }),
        })
      : ok(undefined);
  if (command === 'accept') {
    if (status === 'published') return ok(undefined);
    const draft = draftSchema.parse(proposed);
    await set({ status: 'published', published: JSON.stringify(draft) });
    await publishListing(context, registration, draft);
    const given = attestation?.status === 'requested' ? await order('give') : ok(undefined);
    return given.ok ? ok(undefined) : given;
  }
  const earlier = Object.keys(before).length > 0;
  if (earlier) {
    // Only the change is refused.
    if (status === 'published') {
      const draft = draftSchema.parse(before);
      await set({ status: 'published', published: JSON.stringify(draft) });
      await publishListing(context, registration, draft);
    }
    return ok(undefined);
  }
  await set({ status: 'refused', published: null });
  await closeListing(context, registration);
  const next = attestation?.status === 'requested' ? 'refuse' : 'withdraw';
  const ended = attestation && attestation.status !== 'refused' ? await order(next) : ok(undefined);
  return ended.ok ? ok(undefined) : ended;
};

const effects: Readonly<Record<Case['kind'], Effect>> = {
  registration: onRegistration,
  correction: (context, row, command) => applyCorrection(context, row, command),
  claim: (context, row, command, reason) => applyClaim(context, row, command, reason),
  duplicate: (context, row, command) => applyMerge(context, row, command),
};

const tellAuthor = async (
  context: Context,
  row: Case,
  command: Decision['command'],
  reason: string,
  site: string | undefined,
): Promise<void> => {
  const [author] = row.author ? await readAccounts(context, [row.author]) : [];
  if (!author) return;
  const page = row.kind === 'claim' ? `tenir/${row.id}` : (row.registration ?? '');
  await context.mail.post({
    to: author.email,
    subject: command === 'accept' ? 'Votre proposition est acceptée' : 'Votre proposition n’a pas été retenue',
    text: [
      'Bonjour,',
      '',
      command === 'accept'
        ? 'Les personnes chargées du territoire ont relu ce que vous avez envoyé, et l’ont accepté.'
        : 'Les personnes chargées du territoire ont relu ce que vous avez envoyé, et ne l’ont pas retenu.',
      ...(reason ? ['', 'Leur message :', reason] : []),
      '',
      site
        ? `Votre espace : ${site}/professionnels/espace${page && `/${page}`}`
        : 'La suite est dans votre espace : ouvrez le site et connectez-vous.',
    ].join('\n'),
  });
};
