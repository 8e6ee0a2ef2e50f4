import { type Context, inTransaction } from '#platform/server/context.ts';
import { announceChange } from '#platform/server/database/changes.ts';
import type { StopFields } from '../model.ts';
import { PERSON } from '../provenance.ts';
import { resolveOffers, surroundings } from './resolve.ts';
import { DIRECTORY_TOPIC, writeRows } from './save.ts';
import './tables.ts';

/**
 * Adds a stop to a tour, whatever source tells the tour: by a person, so that no import changes it nor closes it. `ref` is
 * new. Returns the number of its row.
 */
export const addStop = (context: Context, tour: number, ref: string, fields: StopFields): Promise<number> =>
  inTransaction(context, async ({ db, clock, indexes }) => {
    const now = clock.now();
    const on = now.toZonedDateTimeISO('UTC').toPlainDate().toString();
    const provenance = Object.fromEntries(Object.keys(fields).map((name) => [name, { source: PERSON, on }]));
    const [row] = await writeRows(db, 'tour_stop', [
      {
        ...fields,
        tour_id: tour,
        source: PERSON,
        source_ref: ref,
        provenance,
        changed_at: now.toString(),
        state: 'open',
      },
    ]);
    if (!row) throw new Error('a stop was not written');
    if ((await resolveOffers(db, surroundings(clock, indexes), { stops: [row.id] })) > 0)
      await announceChange(db, DIRECTORY_TOPIC);
    return row.id;
  });
