import { type Context, inTransaction } from '#platform/server/context.ts';
import { announceChange } from '#platform/server/database/changes.ts';
import { resolveOffers, surroundings } from './resolve.ts';
import { DIRECTORY_TOPIC } from './save.ts';
import './tables.ts';

/**
 * Somebody who knows says that places and services are right as they are: parents read since when. No field changes, nor
 * where any of them comes from. `on`: the day it was said.
 */
export const markChecked = (
  context: Context,
  rows: { readonly places: readonly number[]; readonly services: readonly number[] },
  on: Temporal.PlainDate,
): Promise<void> =>
  inTransaction(context, async ({ db, clock, indexes }) => {
    for (const [entity, ids] of [
      ['place', rows.places],
      ['service', rows.services],
    ] as const) {
      if (ids.length === 0) continue;
      await db
        .updateTable(entity)
        .set({ checked_on: on, changed_at: clock.now() })
        .where('id', 'in', ids)
        .where('state', '=', 'open')
        .execute();
    }
    const offers = await resolveOffers(db, surroundings(clock, indexes), rows);
    if (offers > 0) await announceChange(db, DIRECTORY_TOPIC);
  });
