import { sql } from 'kysely';
import { coversIn, parseTerritory, type TerritoryIndex } from '#modules/territory/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { isUuid } from '#platform/ids.ts';
import { can, type Grant, isScope, permissions, type Scope } from '#platform/permissions.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import type { CampaignStatus } from '../../fresh/campaign.ts';
import './tables.ts';

/** What became of one listing of a campaign. The first that is true. */
export const outcomes = [
  'exact',
  'changed',
  'bounced',
  'silence',
  'waiting',
  'recent',
  'silent',
  'refused',
  'nobody',
] as const;
export type Outcome = (typeof outcomes)[number];

export interface CampaignRow {
  readonly id: string;
  readonly scope: string;
  readonly kind: string | null;
  readonly priority: number | null;
  readonly status: CampaignStatus;
  readonly started_at: Temporal.Instant;
  readonly ended_at: Temporal.Instant | null;
}

/** The territories for which the actor may begin a campaign: their own, and those just below, for what is too large. */
export const campaignScopes = ({ actor, indexes }: PersonContext): readonly Scope[] => {
  const own = runningGrants(actor.grants).map(({ scope }) => scope);
  return [...new Set(own.flatMap((scope) => [scope, ...below(indexes.get(territoryIndex), scope)]))];
};

const below = ({ departements, epcis, communesOf }: TerritoryIndex, scope: Scope): readonly Scope[] => {
  const territory = parseTerritory(scope);
  if (scope === 'france') return departements.map(({ code }): Scope => `departement:${code}`);
  if (!territory.ok) return [];
  const { kind, code } = territory.value;
  if (kind === 'region') {
    return departements.filter(({ region }) => region === code).map((one): Scope => `departement:${one.code}`);
  }
  if (kind !== 'departement') return [];
  // Those that lie across départements are for whoever holds both.
  const inside = (epci: (typeof epcis)[number]): boolean =>
    communesOf({ kind: 'epci', code: epci.code }).every(({ departement }) => departement === code);
  return epcis.filter(inside).map((one): Scope => `epci:${one.code}`);
};

const runningGrants = (grants: readonly Grant[]): readonly Grant[] =>
  grants.filter(({ role }) => (permissions['campaign.run'].agency as readonly string[]).includes(role));

/** Campaigns shown at once: older ones are in the journal. */
const MOST_SHOWN = 100;

/** The campaigns that the actor may see, the last first. */
export const campaignsOf = async (context: PersonContext): Promise<readonly CampaignRow[]> => {
  if (campaignScopes(context).length === 0) return [];
  const rows = await context.db
    .selectFrom('freshness_campaign')
    .select(['id', 'scope', 'kind', 'priority', 'status', 'started_at', 'ended_at'])
    .orderBy('started_at', 'desc')
    .orderBy('id')
    .limit(1_000)
    .execute();
  return rows.filter(({ scope }) => maySee(context, scope)).slice(0, MOST_SHOWN);
};

const maySee = ({ actor, indexes }: PersonContext, scope: string): boolean =>
  isScope(scope) && can(actor, 'campaign.run', { territory: scope }, coversIn(indexes.get(territoryIndex)));

/** Listings of one page of a dashboard. */
const PAGE = 50;

/** One campaign: how many listings became what, and which. Nothing for who does not decide there. `page` counts from 1. */
export const campaignView = async (
  context: PersonContext,
  id: string,
  { outcome, page = 1 }: { readonly outcome?: Outcome | undefined; readonly page?: number } = {},
) => {
  if (!isUuid(id)) return undefined;
  const { db } = context;
  const campaign = await db
    .selectFrom('freshness_campaign')
    .select(['id', 'scope', 'kind', 'priority', 'status', 'started_at', 'ended_at'])
    .where('id', '=', id)
    .executeTakeFirst();
  if (!campaign || !maySee(context, campaign.scope)) return undefined;
  const became = sql`
    select target.listing, case
      when question.answer is not null then question.answer
      when target.left_out is not null then target.left_out
      when target.ask is null then 'waiting'
      when known.refused_at >= ask.asked_at then 'bounced'
      else 'silence' end as outcome
    from freshness_target as target
    left join freshness_ask as ask on ask.id = target.ask
    left join freshness_question as question on question.ask = target.ask and question.listing = target.listing
    left join mail_address as known on known.hash = ask.address_hash
    where target.campaign = ${id}::uuid`;
  const { rows: counted } = await sql<{ outcome: Outcome; count: number }>`
    select outcome, count(*)::integer as count from (${became}) as became group by outcome`.execute(db);
  const counts = Object.fromEntries(outcomes.map((name) => [name, 0])) as Record<Outcome, number>;
  for (const { outcome: name, count } of counted) counts[name] = count;
  const { rows: listings } = await sql<{ id: string; outcome: Outcome; name: string | null; page: string | null }>`
    select became.listing as id, outcome,
      coalesce(place.name, nullif(published -> 'structure' ->> 'name', ''), published ->> 'name') as name,
      coalesce('/lieux/' || place.slug, '/label/' || attestation.token) as page
    from (${became}) as became
    join listing_freshness as listing on listing.id = became.listing
    left join place on listing.entity = 'place' and place.id = listing.entity_id
    left join registration on registration.id = listing.registration
    left join attestation on attestation.registration = registration.id and attestation.status <> 'withdrawn'
    where ${outcome === undefined ? sql`true` : sql`outcome = ${outcome}`}
    order by name, became.listing limit ${PAGE} offset ${PAGE * (page - 1)}`.execute(db);
  const total = outcome === undefined ? Object.values(counts).reduce((sum, count) => sum + count, 0) : counts[outcome];
  return { campaign, counts, listings, total, pages: Math.max(1, Math.ceil(total / PAGE)) };
};
