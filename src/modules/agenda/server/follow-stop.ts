import { sql } from 'kysely';
import { ok, type Refusal, type Result } from '#platform/result.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { seriesSchema } from '../event.ts';
import { updateSeries } from './series.ts';
import { placeAtStop } from './stop-dates.ts';
import './tables.ts';

/**
 * Takes the series that an organisation holds at a stop where the stop is now, as a change of their form does: everybody booked
 * is told when that is elsewhere. In the current transaction, the stop written.
 */
export const followStop = async (
  context: PersonContext,
  organisation: string,
  stop: number,
): Promise<Result<void, readonly Refusal[]>> => {
  const place = await placeAtStop(context, organisation, stop);
  if (!place) return ok(undefined);
  const { name: place_name, ...where } = place;
  const rows = await context.db
    .selectFrom('event_series')
    .select(['id', 'fields'])
    .where('organisation', '=', organisation)
    .where(sql<boolean>`(fields ->> 'stop')::integer = ${stop}`)
    .where('status', 'in', ['waiting', 'published', 'reserved'])
    .orderBy('id')
    .execute();
  for (const { id, fields } of rows) {
    const before = seriesSchema.parse(fields);
    const after = { ...before, ...where, place_name };
    if (JSON.stringify(after) === JSON.stringify(before)) continue;
    const saved = await updateSeries(context, id, undefined, after);
    if (!saved.ok) return saved;
  }
  return ok(undefined);
};
