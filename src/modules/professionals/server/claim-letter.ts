import { randomInt } from 'node:crypto';
import { coversIn } from '#modules/territory/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { isUuid } from '#platform/ids.ts';
import { ok, type Result, refuse } from '#platform/result.ts';
import { inTransaction, inTransactionKept } from '#platform/server/context.ts';
import { authorise } from '#platform/server/identity/authorise.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { hashOf } from '#platform/server/identity/secret.ts';
import { CODE_LENGTH, claimLimits, claimRefusals, codeSigns, readClaimCode } from '../claim.ts';
import { commandCase } from './cases.ts';
import { claimableListing } from './claimable.ts';
import { readClaim, readOwnClaim } from './claims.ts';
import { scopeOf } from './located.ts';
import { giveListing, ownerOf } from './ownership.ts';

/** A letter to print: nothing keeps its code, and asking for it again makes another. */
export interface ClaimLetter {
  readonly name: string;
  /** Street, more, postcode and town. */
  readonly address: readonly string[];
  readonly code: string;
  readonly until: Temporal.Instant;
}

/**
 * A moderator of the territory prepares the letter that brings the code to the published address of a listing: the code
 * before, if any, is worth nothing any more. Refuses their own claim, and one that waits for no letter.
 */
export const prepareLetter = (context: PersonContext, id: string): Promise<Result<ClaimLetter>> =>
  inTransaction(context, async (inside) => {
    const { db, clock, indexes } = inside;
    const row = isUuid(id) ? await readClaim(inside, id) : undefined;
    if (!row) return refuse(claimRefusals.noLetter);
    const territories = indexes.get(territoryIndex);
    const allowed = await authorise(inside, 'claim.decide', { territory: scopeOf(row) }, coversIn(territories));
    if (!allowed.ok) return allowed;
    const listing = await claimableListing(inside, row.listing.entity, { id: row.listing.id });
    const own = row.author === context.actor.account;
    if (own || row.status !== 'waiting' || row.proof !== 'post' || row.proved_at || !listing?.facts.hasAddress) {
      return refuse(claimRefusals.noLetter);
    }
    const code = Array.from({ length: CODE_LENGTH }, () => codeSigns[randomInt(codeSigns.length)]).join('');
    const until = clock.now().add({ hours: claimLimits.days * 24 });
    await db
      .updateTable('claim')
      .set({ code_hash: hashOf(id, code), code_sent_at: clock.now(), code_expires_at: until, tries: 0 })
      .where('case_id', '=', id)
      .execute();
    const town = territories.commune(listing.insee ?? '')?.name ?? '';
    const [postcode = ''] = listing.address.slice(-1);
    return ok({
      ...{ name: listing.name, code, until },
      address: [...listing.address.slice(0, -1), `${postcode} ${town}`.trim()],
    });
  });

/**
 * Somebody of the team types the code of the letter: the listing is theirs at once, to be read afterwards. One that another
 * team keeps meanwhile waits for a moderator, who sees that the letter was received. A wrong code counts, even refused.
 */
export const enterClaimCode = (
  context: PersonContext,
  id: string,
  typed: string,
): Promise<Result<{ readonly given: boolean }>> =>
  inTransactionKept(context, async (inside) => {
    const { db, clock } = inside;
    const found = await readOwnClaim(inside, id);
    if (!found) return refuse(claimRefusals.missing);
    const allowed = await authorise(inside, 'listing.edit', { organisation: found.registration });
    if (!allowed.ok) return allowed;
    await db.selectFrom(found.listing.entity).select('id').where('id', '=', found.listing.id).forUpdate().execute();
    await db.selectFrom('claim').select('case_id').where('case_id', '=', id).forUpdate().execute();
    const row = (await readClaim(inside, id)) ?? found;
    const waits = row.status === 'waiting' && row.code_hash !== null && row.tries < claimLimits.tries;
    if (!waits || !row.code_expires_at || Temporal.Instant.compare(clock.now(), row.code_expires_at) >= 0) {
      return refuse(claimRefusals.noCode);
    }
    const code = readClaimCode(typed);
    // A sign too few is a slip of the hand, not a guess.
    if (code === undefined) return refuse(claimRefusals.wrongCode);
    if (hashOf(id, code) !== row.code_hash) {
      // Written though it is refused: this is what makes tries few.
      await db
        .updateTable('claim')
        .set({ tries: row.tries + 1 })
        .where('case_id', '=', id)
        .execute();
      return refuse(claimRefusals.wrongCode);
    }
    const owner = await ownerOf(inside, row.listing);
    if (owner === undefined) {
      const proved = await commandCase(inside, id, { command: 'prove', role: 'author', kind: 'claim' });
      if (!proved.ok) return proved;
      await giveListing(inside, row.listing, { registration: row.registration, caseId: id });
    }
    await db
      .updateTable('claim')
      .set({ proved_at: clock.now(), code_hash: null, code_expires_at: null })
      .where('case_id', '=', id)
      .execute();
    return ok({ given: owner === undefined });
  });
