import { sql } from 'kysely';
import { PERSON } from '#modules/directory/index.ts';
import { correctRow, saveRecords } from '#modules/directory/server/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { todayIn } from '#platform/clock.ts';
import type { Context } from '#platform/server/context.ts';
import type { Draft } from '../draft.ts';
import { listingOf, referencesOf } from '../listing.ts';
import { confirmPublished } from './fresh/listings.ts';

/**
 * Brings the directory to what a registration says, in the current transaction: rows are created or updated by their
 * reference, and what an earlier version told and this one does not is closed. Parents find it within moments.
 */
export const publishListing = async (context: Context, id: string, draft: Draft): Promise<void> => {
  const territories = context.indexes.get(territoryIndex);
  const records = listingOf(id, draft, territories.commune);
  const on = todayIn(context.clock, 'Europe/Paris').toString();
  await saveRecords(context, { source: PERSON, on }, records);
  const told = referencesOf(records);
  await closeRows(context, id, told);
  await turnTours(context, id, 'open');
  await confirmPublished(context, id, records[0]?.place?.fields.kind ?? 'autre', told);
};

/** Takes everything that a registration told out of the searches, its tours too. The rows stay, closed. */
export const closeListing = async (context: Context, id: string): Promise<void> => {
  await closeRows(context, id, { places: [], services: [] });
  await turnTours(context, id, 'closed');
};

/** A tour is found while the registration of its team is. One whose team ended it has nothing on board, and stays closed. */
const turnTours = async (context: Context, id: string, state: 'open' | 'closed'): Promise<void> => {
  const { rows } = await sql<{ id: number }>`
    select id from tour where source = ${PERSON} and source_ref like ${`${id}/tournee/%`} and state <> ${state}
      and (${state} = 'closed' or exists (
        select from placement join service on service.id = placement.service_id
        where placement.tour_id = tour.id and service.state = 'open'))
    order by id`.execute(context.db);
  for (const tour of rows) await correctRow(context, 'tour', tour.id, { state });
};

const closeRows = async (
  context: Context,
  id: string,
  kept: { readonly places: readonly string[]; readonly services: readonly string[] },
): Promise<void> => {
  for (const [entity, part, refs] of [
    ['place', 'lieu', kept.places],
    ['service', 'service', kept.services],
  ] as const) {
    const { rows } = await sql<{ id: number }>`
      select id from ${sql.table(entity)}
      where source = ${PERSON} and source_ref like ${`${id}/${part}/%`} and state = 'open'
        and not source_ref = any(${refs}::text[])
      order by id`.execute(context.db);
    for (const row of rows) await correctRow(context, entity, row.id, { state: 'closed' });
  }
};
