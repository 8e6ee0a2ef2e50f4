import { sql } from 'kysely';
import { correctRow } from '#modules/directory/server/index.ts';
import type { Context } from '#platform/server/context.ts';
import './tables.ts';

/** Closes the stops of one day that moved visits were, once both days are over everywhere: the round is not filled with them. */
export const closePassedStops = async (context: Context): Promise<void> => {
  const over = context.clock.now().subtract({ hours: 48 }).toString();
  const { rows } = await sql<{ id: number }>`
    select tour_stop.id from tour_stop join tour_visit_change on tour_visit_change.to_stop = tour_stop.id
    where tour_stop.state = 'open' and tour_stop.rrule is null
      and tour_stop.starts_at::timestamp < ${over}::timestamp and tour_visit_change.was < ${over}::timestamp
    order by tour_stop.id`.execute(context.db);
  for (const { id } of rows) await correctRow(context, 'tour_stop', id, { state: 'closed' });
};
