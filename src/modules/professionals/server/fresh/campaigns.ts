import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import { codesOf, type Kind, kinds, PERSON } from '#modules/directory/index.ts';
import { coversIn, parseTerritory, type TerritoryIndex } from '#modules/territory/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { todayIn } from '#platform/clock.ts';
import { isUuid } from '#platform/ids.ts';
import { isScope, notAllowed, type Scope } from '#platform/permissions.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import { type Context, inTransaction } from '#platform/server/context.ts';
import { authorise } from '#platform/server/identity/authorise.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import type { JobKind } from '#platform/server/jobs/jobs.ts';
import { type StreamDefinition, withStream } from '#platform/server/journal/stream.ts';
import {
  type CampaignCommand,
  type CampaignEvent,
  type CampaignRole,
  type CampaignState,
  decideCampaign,
  evolveCampaign,
  MOST_LISTINGS,
  noCampaign,
} from '../../fresh/campaign.ts';
import { rhythmOfKind } from './remind.ts';
import './tables.ts';

/** What a campaign is about: a territory, and perhaps one kind of listing or one priority. */
export interface CampaignAsked {
  readonly scope: Scope;
  readonly kind: Kind | undefined;
  readonly priority: number | undefined;
}

/** What somebody chose in the form; nothing for a territory that is none. A kind or a priority that is none is no choice. */
export const readCampaignAsked = (given: {
  readonly scope: string;
  readonly kind: string;
  readonly priority: string;
}): CampaignAsked | undefined => {
  if (!isScope(given.scope)) return undefined;
  const priority = Number(given.priority);
  return {
    scope: given.scope,
    kind: codesOf(kinds).find((code) => code === given.kind),
    priority: Number.isInteger(priority) && priority >= 1 && priority <= 10 ? priority : undefined,
  };
};

/** The job that writes to the people of one campaign. What it does is in `campaign-job.ts`. */
export const askCampaign: JobKind<{ campaign: string }> = {
  name: 'professionals.campaign',
  data: z.object({ campaign: z.uuid() }),
};

const campaignStream: StreamDefinition<CampaignState, CampaignEvent> = {
  name: 'campaign',
  initial: noCampaign,
  evolve: evolveCampaign,
  project: async ({ db, clock }, id, { status }) => {
    await db
      .updateTable('freshness_campaign')
      .set({ status, ...(status === 'running' ? {} : { ended_at: clock.now() }) })
      .where('id', '=', id)
      .execute();
  },
};

/** One command on one campaign, in a transaction. Whether the actor has that role is the caller’s to know. */
export const commandCampaign = (
  context: Context,
  id: string,
  order: { readonly command: CampaignCommand; readonly role: CampaignRole; readonly about?: CampaignState['about'] },
): Promise<Result<CampaignState>> => withStream(context, campaignStream, id, (state) => decideCampaign(state, order));

/**
 * Begins to ask who keeps the listings of a territory whether they are still right. Refuses who does not decide there, and
 * choices that give no listing or too many. `site`: origin of the links.
 */
export const startCampaign = (context: PersonContext, asked: CampaignAsked, site: string): Promise<Result<string>> =>
  inTransaction(context, async (inside) => {
    const { db, clock, jobs, indexes } = inside;
    const territories = indexes.get(territoryIndex);
    const allowed = await authorise(inside, 'campaign.run', { territory: asked.scope }, coversIn(territories));
    if (!allowed.ok) return allowed;
    const [kind, priority] = [asked.kind ?? null, asked.priority ?? null];
    const { id } = await db
      .insertInto('freshness_campaign')
      .values({
        ...{ scope: asked.scope, kind, priority, site, status: 'absent' },
        ...{ started_by: context.actor.account, started_at: clock.now(), ended_at: null },
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    const listings = await target(inside, id, asked);
    const about = { scope: asked.scope, kind, priority, listings };
    const started = await commandCampaign(inside, id, { command: 'start', role: 'agent', about });
    if (!started.ok) return started;
    await jobs.enqueue(askCampaign, { campaign: id }, { key: id });
    return ok(id);
  });

/** Stops a campaign: nobody else is written to. What was asked can still be answered. */
export const stopCampaign = (context: PersonContext, id: string): Promise<Result<void>> =>
  inTransaction(context, async (inside) => {
    const row = isUuid(id)
      ? await inside.db
          .selectFrom('freshness_campaign')
          .select('scope')
          .where('id', '=', id)
          .forUpdate()
          .executeTakeFirst()
      : undefined;
    if (!row || !isScope(row.scope)) return refuse(noSuchCampaign);
    const covers = coversIn(inside.indexes.get(territoryIndex));
    const allowed = await authorise(inside, 'campaign.run', { territory: row.scope }, covers);
    if (!allowed.ok) return refuse(notAllowed);
    const stopped = await commandCampaign(inside, id, { command: 'stop', role: 'agent' });
    return stopped.ok ? ok(undefined) : stopped;
  });

/** How many listings some choices give, before anything is begun. */
export const countAsked = async (
  context: Context,
  asked: CampaignAsked,
): Promise<{ readonly listings: number; readonly stale: number; readonly most: number }> => {
  const yearAgo = todayIn(context.clock, 'Europe/Paris').subtract({ months: 12 });
  const { rows } = await sql<{ listings: number; stale: number }>`
    select count(*)::integer as listings,
      count(*) filter (where checked_on is null or checked_on < ${yearAgo}::date)::integer as stale
    from (${listingsOf(context.indexes.get(territoryIndex), asked)}) as found`.execute(context.db);
  return { ...(rows[0] ?? { listings: 0, stale: 0 }), most: MOST_LISTINGS };
};

/** Writes down the listings of a campaign, those that had no rhythm yet included. Returns how many. */
const target = async ({ db, indexes, clock }: Context, campaign: string, asked: CampaignAsked): Promise<number> => {
  const found = listingsOf(indexes.get(territoryIndex), asked);
  const today = todayIn(clock, 'Europe/Paris');
  await sql`
    insert into listing_freshness (entity, entity_id, rhythm, due_on)
    select 'place', found.place, ${rhythmOfKind(sql.ref('found.kind'))}, ${today}::date
    from (${found}) as found where found.place is not null
    limit ${MOST_LISTINGS + 1}
    on conflict (entity, entity_id) do nothing`.execute(db);
  const { numAffectedRows } = await sql`
    insert into freshness_target (campaign, listing)
    select ${campaign}::uuid, listing.id
    from (${found}) as found
    join listing_freshness as listing on listing.registration = found.registration
      or (listing.entity = 'place' and listing.entity_id = found.place)
    limit ${MOST_LISTINGS + 1}`.execute(db);
  return Number(numAffectedRows ?? 0);
};

/**
 * SQL: the listings of some choices. A place that somebody registered stands for their whole registration; any other for
 * itself. A sheltered place is not there: a message that names it could be read by somebody else.
 */
const listingsOf = (territories: TerritoryIndex, { scope, kind, priority }: CampaignAsked): RawBuilder<unknown> => {
  const communes = communesOf(territories, scope);
  return sql`
    select registration, place, min(kind) as kind, max(checked_on) as checked_on
    from (
      select case when place.source = ${PERSON} then split_part(place.source_ref, '/', 1)::uuid end as registration,
        case when place.source <> ${PERSON} then place.id end as place, place.kind, place.checked_on
      from place
      where place.state = 'open' and not place.confidential
        and ${communes ? sql`place.insee = any(${communes}::text[])` : sql`true`}
        and ${
          kind === undefined && priority === undefined
            ? sql`true`
            : sql`exists (
                select from placement join service on service.id = placement.service_id
                where placement.place_id = place.id and service.state = 'open'
                  and ${kind === undefined ? sql`true` : sql`(service.kind = ${kind} or place.kind = ${kind})`}
                  and ${priority === undefined ? sql`true` : sql`service.priorities @> array[${priority}]::smallint[]`})`
        }
    ) as open
    group by registration, place`;
};

/** The communes of a scope, arrondissements included; nothing for all of France. */
const communesOf = (index: TerritoryIndex, scope: Scope): readonly string[] | undefined => {
  if (scope === 'france') return undefined;
  const territory = parseTerritory(scope);
  if (!territory.ok) return [];
  return index
    .communesOf(territory.value)
    .flatMap(({ code }) => [code, ...index.arrondissementsOf(code).map((part) => part.code)]);
};

const noSuchCampaign: Refusal = { code: 'no_such_campaign', message: 'Cette campagne n’existe pas.' };
