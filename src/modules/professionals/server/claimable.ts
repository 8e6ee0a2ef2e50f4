import { sql } from 'kysely';
import { PERSON, type Provenance } from '#modules/directory/index.ts';
import type { Context } from '#platform/server/context.ts';
import type { ClaimFacts } from '../claim.ts';
import type { ListingKey } from './ownership.ts';

/** A page of the directory that somebody may claim. */
export interface ClaimableListing extends ListingKey {
  readonly slug: string;
  readonly name: string;
  readonly kind: string;
  readonly insee: string | null;
  readonly siret: string | null;
  /** Lines of its published address, for the letter; empty when there is none. */
  readonly address: readonly string[];
  readonly facts: ClaimFacts;
  /** It comes from somebody’s registration: theirs already. */
  readonly ofPerson: boolean;
}

/** A page is named by its slug, in addresses, or by its id. */
export type Named = { readonly slug: string } | { readonly id: number };

/**
 * The open page that somebody may claim; nothing for one that does not exist, is closed or sheltered. What proves is what
 * sources say of it: what a person corrected could be that person’s own address.
 */
export const claimableListing = async (
  context: Context,
  entity: ListingKey['entity'],
  named: Named,
): Promise<ClaimableListing | undefined> => {
  const [row] =
    entity === 'place'
      ? (await readPlace(named).execute(context.db)).rows
      : (await readService(named).execute(context.db)).rows;
  if (!row) return undefined;
  const told = (field: 'email' | 'website'): string[] =>
    [[row, row.provenance] as const, [row.organisation ?? {}, row.organisation?.provenance ?? {}] as const].flatMap(
      ([fields, provenance]) => {
        const value = (fields as Partial<Record<string, string | null>>)[field];
        return value && provenance[field]?.source !== PERSON ? [value] : [];
      },
    );
  const address = row.line && row.postcode ? [row.line, ...(row.more ? [row.more] : []), row.postcode] : [];
  return {
    ...{ entity, id: row.id, slug: row.slug, name: row.name, kind: row.kind, insee: row.insee, siret: row.siret },
    address,
    facts: { emails: told('email'), websites: told('website'), hasAddress: address.length > 0 },
    ofPerson: row.source === PERSON,
  };
};

interface Row {
  readonly id: number;
  readonly slug: string;
  readonly name: string;
  readonly kind: string;
  readonly source: string;
  readonly email: string | null;
  readonly website: string | null;
  readonly provenance: Provenance;
  readonly insee: string | null;
  readonly siret: string | null;
  readonly line: string | null;
  readonly more: string | null;
  readonly postcode: string | null;
  readonly organisation: { email: string | null; website: string | null; provenance: Provenance } | null;
}

const organisation = sql`
  case when organisation.id is not null then json_build_object(
    'email', organisation.email, 'website', organisation.website, 'provenance', organisation.provenance
  ) end as organisation`;

const condition = (named: Named) =>
  'slug' in named ? sql`listing.slug = ${named.slug}` : sql`listing.id = ${named.id}`;

const readPlace = (named: Named) => sql<Row>`
  select listing.id, slug, listing.name, kind, listing.source, listing.email, listing.website, listing.provenance, insee,
    coalesce(listing.siret, organisation.siret) as siret, line, more, postcode, ${organisation}
  from place as listing left join organisation on organisation.id = listing.organisation_id
  where ${condition(named)} and listing.state = 'open' and not confidential`;

/** A service has no address of its own; its commune is that of the first place where it is given. */
const readService = (named: Named) => sql<Row>`
  select listing.id, slug, listing.name, kind, listing.source, listing.email, listing.website, listing.provenance,
    (select offer.insee from offer where service_id = listing.id and not gone and offer.insee is not null
      order by offer.id limit 1) as insee,
    organisation.siret, null as line, null as more, null as postcode, ${organisation}
  from service as listing left join organisation on organisation.id = listing.organisation_id
  where ${condition(named)} and listing.state = 'open'`;
