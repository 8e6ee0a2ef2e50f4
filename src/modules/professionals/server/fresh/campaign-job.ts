import { sql } from 'kysely';
import { parseTerritory } from '#modules/territory/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { type Context, inTransaction } from '#platform/server/context.ts';
import { defineJob } from '#platform/server/jobs/jobs.ts';
import { askPerson } from './ask.ts';
import { askCampaign, commandCampaign } from './campaigns.ts';
import { groupedByAddress, type Recipient, recipientsOf } from './recipients.ts';
import './tables.ts';

/**
 * Writes to the people of one campaign, each in a transaction of their own: killed in the middle, it goes on where it was;
 * stopped meanwhile, it writes to nobody else.
 */
export const campaignJob = defineJob<{ campaign: string }>({
  ...askCampaign,
  purpose: 'Écrit à celles et ceux qui tiennent les fiches d’une campagne.',
  handle: async (context, { campaign }) => {
    const row = await context.db
      .selectFrom('freshness_campaign')
      .select(['scope', 'site'])
      .where('id', '=', campaign)
      .executeTakeFirst();
    if (!row) return;
    const askedBy = `Les personnes chargées du territoire ${territoryWords(context, row.scope)}`;
    const waiting = await recipientsOf(
      context.db,
      sql`listing.id in (select target.listing from freshness_target as target
        where campaign = ${campaign}::uuid and ask is null and left_out is null)`,
      { published: true },
    );
    for (const group of groupedByAddress(waiting).values()) {
      const goesOn = await askGroup(context, { id: campaign, askedBy, site: row.site }, group);
      if (!goesOn) return;
    }
    await leaveOut(context, campaign, waiting);
    await commandCampaign(context, campaign, { command: 'end', role: 'system' });
  },
});

/** Asks one person, while the campaign runs. False once it was stopped. */
const askGroup = (
  context: Context,
  campaign: { readonly id: string; readonly askedBy: string; readonly site: string },
  group: readonly Recipient[],
): Promise<boolean> =>
  inTransaction(context, async (inside) => {
    const { db } = inside;
    const running = await db
      .selectFrom('freshness_campaign')
      .select('id')
      .where('id', '=', campaign.id)
      .where('status', '=', 'running')
      .forShare()
      .executeTakeFirst();
    if (!running) return false;
    const [{ account, email } = { account: null, email: '' }] = group;
    const listings = group.map(({ listing }) => listing);
    const asked = await askPerson(inside, { account, email, listings, ...campaign, campaign });
    const targets = db.updateTable('freshness_target').where('campaign', '=', campaign.id);
    if (asked.length > 0) {
      await targets
        .set(({ selectFrom }) => ({
          ask: selectFrom('freshness_ask')
            .innerJoin('freshness_question', 'freshness_question.ask', 'freshness_ask.id')
            .select('freshness_ask.id')
            .where('freshness_ask.campaign', '=', campaign.id)
            .whereRef('freshness_question.listing', '=', 'freshness_target.listing'),
        }))
        .where('listing', 'in', [...asked])
        .execute();
    }
    const others = listings.filter((listing) => !asked.includes(listing));
    if (others.length > 0) await targets.set({ left_out: 'recent' }).where('listing', 'in', others).execute();
    return true;
  });

/** Says why the others are not written to: no address, one that leads nowhere, one that wants silence. */
const leaveOut = async ({ db }: Context, campaign: string, recipients: readonly Recipient[]): Promise<void> => {
  const byListing = Map.groupBy(recipients, ({ listing }) => listing);
  const rows = await db
    .selectFrom('freshness_target')
    .select('listing')
    .where('campaign', '=', campaign)
    .where('ask', 'is', null)
    .where('left_out', 'is', null)
    .execute();
  for (const { listing } of rows) {
    const known = byListing.get(listing) ?? [];
    const left_out = known.length === 0 ? 'nobody' : known.some(({ silent }) => silent) ? 'silent' : 'refused';
    await db
      .updateTable('freshness_target')
      .set({ left_out })
      .where('campaign', '=', campaign)
      .where('listing', '=', listing)
      .execute();
  }
};

const territoryWords = ({ indexes }: Context, scope: string): string => {
  const territory = parseTerritory(scope);
  const told = territory.ok ? indexes.get(territoryIndex).describe(territory.value) : undefined;
  return told ? `«\u00a0${told.name}\u00a0»` : '«\u00a0France\u00a0»';
};
