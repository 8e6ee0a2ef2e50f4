import { isUuid } from '#platform/ids.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import { inTransaction } from '#platform/server/context.ts';
import { authorise } from '#platform/server/identity/authorise.ts';
import { endOrganisation, holdTeam, listMembers } from '#platform/server/identity/members.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import type { JournalEvent } from '#platform/server/journal/journal.ts';
import { type StreamDefinition, withStream } from '#platform/server/journal/stream.ts';
import { draftSchema, nameOfDraft } from '../draft.ts';
import { emptyRegistration } from './erasure.ts';
import type { ListingKey } from './ownership.ts';
import { noSuchRegistration } from './registrations.ts';
import './claim-tables.ts';
import './tables.ts';

/**
 * Whoever is responsible for a registration closes it: parents do not see it any longer, its attestation says that it was
 * given up, nothing of what it said is kept, the pages that it kept are nobody’s, and its team is told and ends.
 */
export const closeRegistration = (context: PersonContext, id: string): Promise<Result<void>> =>
  inTransaction(context, async (inside) => {
    await holdTeam(inside, id);
    const allowed = await authorise(inside, 'organisation.members', { organisation: id });
    if (!allowed.ok) return allowed;
    const row = isUuid(id)
      ? await inside.db.selectFrom('registration').select('draft').where('id', '=', id).forUpdate().executeTakeFirst()
      : undefined;
    if (!row) return refuse(noSuchRegistration);
    const name = nameOfDraft(draftSchema.parse(row.draft)) || 'Sans nom';
    for (const { email, account } of await listMembers(inside, id)) {
      if (!email || account === context.actor.account) continue;
      await inside.mail.post({
        ...{ to: email, subject: 'Une inscription est fermée' },
        text: `Bonjour,\n\nUne personne responsable de votre équipe a fermé cette inscription, que les parents ne voient plus\u00a0: ${name}\n\nPour revenir, inscrivez-vous de nouveau.`,
      });
    }
    await emptyRegistration(inside, id);
    await endOrganisation(inside, id);
    return ok(undefined);
  });

interface GivenBack extends JournalEvent {
  readonly type: 'ListingGivenBack-V1';
  readonly data: { readonly registration: string };
}

/** The table says who keeps a listing now; the journal, who gave it back. */
const listingOwners: StreamDefinition<undefined, GivenBack> = {
  name: 'listing-owner',
  initial: undefined,
  evolve: () => undefined,
  project: async () => {},
};

/**
 * A team gives back an imported page that it keeps: it is nobody’s, what was said of it stays, and somebody else may claim
 * it. For whoever is responsible for the team; refuses a page that it does not keep.
 */
export const giveBackListing = (
  context: PersonContext,
  registration: string,
  { entity, id }: ListingKey,
): Promise<Result<void>> =>
  inTransaction(context, async (inside) => {
    const allowed = await authorise(inside, 'organisation.members', { organisation: registration });
    if (!allowed.ok) return allowed;
    const { numDeletedRows } = await inside.db
      .deleteFrom('listing_owner')
      .where('registration', '=', registration)
      .where('entity', '=', entity)
      .where('entity_id', '=', id)
      .executeTakeFirst();
    if (numDeletedRows === 0n) return refuse(notKept);
    const written = await withStream(inside, listingOwners, `${entity}-${id}`, () =>
      ok([{ type: 'ListingGivenBack-V1', data: { registration } }]),
    );
    return written.ok ? ok(undefined) : written;
  });

const notKept: Refusal = { code: 'not_kept', message: 'Votre équipe ne tient pas, ou plus, cette fiche.' };
