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
  await confirmPublished(context, id, records[0]?.place?.fields.kind ?? 'autre', told);
};

/** Takes everything that a registration told out of the searches. The rows stay, closed. */
export const closeListing = (context: Context, id: string): Promise<void> =>
  closeRows(context, id, { places: [], services: [] });

const closeRows = async (
  context: Context,
  id: string,
  kept: { readonly places: readonly string[]; readonly services: readonly string[] },
): Promise<void> => {
  for (const [entity, refs] of [
    ['place', kept.places],
    ['service', kept.services],
  ] as const) {
    const { rows } = await sql<{ id: number }>`
      select id from ${sql.table(entity)}
      where source = ${PERSON} and source_ref like ${`${id}/%`} and state = 'open'
        and not source_ref = any(${refs}::text[])
      order by id`.execute(context.db);
    for (const row of rows) await correctRow(context, entity, row.id, { state: 'closed' });
  }
};
