import { type RawBuilder, sql } from 'kysely';
import type { Database } from '#platform/server/database/database.ts';
import { isRefused, isSilent } from '#platform/server/mail/addresses.ts';
import '../claim-tables.ts';
import './tables.ts';

/** Somebody who may be asked about a listing. */
export interface Recipient {
  readonly listing: string;
  /** Nobody signed in for the published address of an imported place. */
  readonly account: string | null;
  readonly email: string;
  /** Mail servers refuse this address. */
  readonly refused: boolean;
  /** Its reader wants no message that they did not ask for. */
  readonly silent: boolean;
}

/**
 * Who may be asked about some listings, for each the best first: owners of the team that keeps it, the longest there, then
 * its editors. A place that nobody keeps has its published address, for campaigns only (`published`). `which`: SQL over
 * `listing`, a row of `listing_freshness` that is still published.
 */
export const recipientsOf = async (
  db: Database,
  which: RawBuilder<unknown>,
  { published }: { readonly published: boolean },
): Promise<Recipient[]> => {
  const { rows } = await sql<Recipient>`
    select listing.id as listing, who.account, who.email,
      ${isRefused(sql`who.email`)} as refused, ${isSilent(sql`who.email`)} as silent
    from listing_freshness as listing
    left join listing_owner as owner on owner.entity = listing.entity and owner.entity_id = listing.entity_id
    left join registration on registration.id = listing.registration
    left join place on listing.entity = 'place' and place.id = listing.entity_id
    left join service on listing.entity = 'service' and service.id = listing.entity_id
    cross join lateral (
      select account.id as account, account.email, membership.role = 'owner' as owns, membership.since
      from membership join account on account.id = membership.account
      where membership.organisation = coalesce(listing.registration, owner.registration)::text
        and membership.role in ('owner', 'editor') and account.email is not null
      union all
      select null, place.email, false, null
      where ${published} and owner.registration is null and place.email is not null
    ) as who
    where (registration.status = 'published' or place.state = 'open' or service.state = 'open')
      and coalesce(place.confidential, false) = false and ${which}
    order by listing.due_on, listing.id, who.owns desc, who.since, who.account`.execute(db);
  return rows;
};

/** The first of each listing who can be written to, grouped by who: one message for all that somebody keeps. */
export const groupedByAddress = (recipients: readonly Recipient[]): ReadonlyMap<string, readonly Recipient[]> => {
  const first = new Map<string, Recipient>();
  for (const one of recipients) {
    if (!one.refused && !one.silent && !first.has(one.listing)) first.set(one.listing, one);
  }
  return Map.groupBy(first.values(), ({ email }) => email.toLowerCase());
};
