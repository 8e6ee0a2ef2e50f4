import { sql } from 'kysely';
import { PERSON } from '#modules/directory/index.ts';
import { todayIn } from '#platform/clock.ts';
import type { Context } from '#platform/server/context.ts';
import { statusOn } from '../attestation.ts';
import './tables.ts';

/** The token of the attestation behind a page of the directory, when it holds. Nothing for what nobody registered. */
export const tokenOfListing = async (
  { db, clock }: Context,
  entity: 'place' | 'service',
  id: number,
): Promise<string | undefined> => {
  const { rows } = await sql<{ token: string; status: 'given'; until: Temporal.PlainDate | null }>`
    select attestation.token, attestation.status, attestation.until
    from ${sql.table(entity)} as listing
    join attestation on attestation.status = 'given'
      and attestation.registration = case when listing.source = ${PERSON} then split_part(source_ref, '/', 1)::uuid end
    where listing.id = ${id}`.execute(db);
  const [row] = rows;
  const holds =
    row && statusOn({ status: row.status, until: row.until?.toString() ?? null }, todayIn(clock, 'Europe/Paris'));
  return holds === 'given' ? row?.token : undefined;
};
