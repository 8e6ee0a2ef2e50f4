import { ok, type Result, refuse } from '#platform/result.ts';
import type { Context } from '#platform/server/context.ts';
import { claimRefusals } from '../claim.ts';
import { commandCase } from './cases.ts';
import { tellKeepers } from './claim-mails.ts';
import { claimableListing } from './claimable.ts';
import { readClaim } from './claims.ts';
import { giveListing, takeListing } from './ownership.ts';

/** What a decision on a claim does: the listing is given, from whoever kept it before, or taken back. */
export const applyClaim = async (
  context: Context,
  row: { readonly id: string; readonly status: string },
  command: 'accept' | 'refuse',
  reason: string | undefined,
): Promise<Result<void>> => {
  if (command === 'refuse') {
    await takeListing(context, row.id);
    return ok(undefined);
  }
  // What was proved is given already, unless it was taken since.
  if (row.status === 'published') return ok(undefined);
  const claim = await readClaim(context, row.id);
  const listing = claim && (await claimableListing(context, claim.listing.entity, { id: claim.listing.id }));
  if (!claim || !listing) return refuse(claimRefusals.missing);
  await context.db.selectFrom(listing.entity).select('id').where('id', '=', listing.id).forUpdate().execute();
  const before = await context.db
    .selectFrom('listing_owner')
    .select(['registration', 'case_id'])
    .where('entity', '=', listing.entity)
    .where('entity_id', '=', listing.id)
    .executeTakeFirst();
  if (before) {
    const undone = await commandCase(context, before.case_id, {
      ...{ command: 'undo', role: 'moderator', kind: 'claim' },
      ...(reason === undefined ? {} : { reason }),
    });
    if (!undone.ok) return undone;
    await tellKeepers(context, before.registration, takenMail(listing.name));
  }
  await giveListing(context, listing, { registration: claim.registration, caseId: row.id });
  return ok(undefined);
};

/** Takes a listing back from who had claimed it. */
export const undoClaim = async (context: Context, id: string): Promise<Result<void>> => {
  const claim = await readClaim(context, id);
  if (!claim) return refuse(claimRefusals.missing);
  await takeListing(context, id);
  await tellKeepers(context, claim.registration, takenMail(String(claim.proposed.called ?? '')));
  return ok(undefined);
};

const takenMail = (name: string) => ({
  subject: 'Vous ne tenez plus une fiche',
  lines: [
    `Les personnes chargées du territoire ont décidé que votre équipe ne tient plus la fiche « ${name} ».`,
    '',
    'Leur motif est dans votre espace professionnel. Vous pouvez toujours leur proposer des corrections.',
  ],
});
