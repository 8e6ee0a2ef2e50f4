import { coversIn } from '#modules/territory/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { isUuid } from '#platform/ids.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import { inTransaction } from '#platform/server/context.ts';
import { authorise } from '#platform/server/identity/authorise.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { bookedDates, cancelLocked } from './locked-date.ts';
import { makeOccurrences, touchSeries } from './occurrences.ts';
import { FOR_A_GROUP, noSuchSeries, note } from './series-journal.ts';
import './tables.ts';

/** Takes a series out of the agenda, by its organiser or with `reason` by who moderates. Everybody booked is told. */
export const closeSeries = (context: PersonContext, id: string, reason?: string): Promise<Result<void>> =>
  inTransaction(context, async (inside) => {
    const row = isUuid(id)
      ? await inside.db.selectFrom('event_series').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
      : undefined;
    if (!row) return refuse(noSuchSeries);
    const covers = coversIn(inside.indexes.get(territoryIndex));
    const allowed =
      reason === undefined
        ? await authorise(inside, 'event.edit', { organisation: row.organisation })
        : await authorise(inside, 'event.moderate', { territory: `commune:${row.insee}` }, covers);
    if (!allowed.ok) return allowed;
    if (reason !== undefined && reason.trim() === '') return refuse(noReason);
    const status = reason === undefined ? 'closed' : 'withdrawn';
    await inside.db
      .updateTable('event_series')
      .set({ status, reason: reason?.trim().slice(0, 600) ?? row.reason, changed_at: inside.clock.now() })
      .where('id', '=', id)
      .execute();
    for (const date of await bookedDates(inside, id)) await cancelLocked(inside, date, '');
    await touchSeries(inside, id);
    await note(inside, id, status === 'closed' ? 'SeriesClosed-V1' : 'SeriesWithdrawn-V1', {});
    return ok(undefined);
  });

/** Lets a series that waits appear, by who moderates its territory. */
export const acceptSeries = (context: PersonContext, id: string): Promise<Result<void>> =>
  inTransaction(context, async (inside) => {
    const row = isUuid(id)
      ? await inside.db
          .selectFrom('event_series')
          .select(['insee', 'status', 'source'])
          .where('id', '=', id)
          .forUpdate()
          .executeTakeFirst()
      : undefined;
    if (!row) return refuse(noSuchSeries);
    const covers = coversIn(inside.indexes.get(territoryIndex));
    const allowed = await authorise(inside, 'event.moderate', { territory: `commune:${row.insee}` }, covers);
    if (!allowed.ok) return allowed;
    if (row.status !== 'waiting') return ok(undefined);
    await inside.db
      .updateTable('event_series')
      .set({ status: row.source === FOR_A_GROUP ? 'reserved' : 'published', reason: null })
      .where('id', '=', id)
      .execute();
    await makeOccurrences(inside, id);
    await touchSeries(inside, id);
    await note(inside, id, 'SeriesAccepted-V1', {});
    return ok(undefined);
  });

const noReason: Refusal = {
  code: 'reason_missing',
  field: 'reason',
  message: 'Dites pourquoi en une phrase : l’organisateur la lira.',
};
