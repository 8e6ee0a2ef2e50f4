import { sql } from 'kysely';
import { cancelDate, datesAtStops, moveDate } from '#modules/agenda/server/index.ts';
import { correctRow } from '#modules/directory/server/index.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { append, readStream } from '#platform/server/journal/journal.ts';
import { oneLine } from '#platform/text.ts';
import { typedTime } from '#platform/ui/date-fields.ts';
import { type ChangeKind, placeKey, type Visit } from '../visit.ts';
import type { ReadStop } from './read-tours.ts';
import { tellFollowers } from './tell.ts';
import './tables.ts';

/** A tour of a registration. */
export interface TourKey {
  readonly registration: string;
  readonly tour: number;
  /** Address of the site, for the links of messages, when this request knows it; else the operator’s setting. */
  readonly origin?: string | undefined;
}

/** The longest reason, in signs: it is read on a telephone. */
export const REASON_SIGNS = 160;

/** A visit, with its stop. */
export interface FoundVisit extends Pick<Visit, 'start' | 'minutes'> {
  readonly stop: ReadStop;
}

/**
 * Takes visits out of their stops, and with them what the agenda has on board meanwhile; writes down what became of them.
 * Refuses a moment that is past for what is on board.
 */
export const change = async (
  inside: PersonContext,
  key: TourKey,
  stops: readonly ReadStop[],
  visits: readonly FoundVisit[],
  kind: Exclude<ChangeKind, 'restored'>,
  reason: string,
  to: {
    readonly stop: number;
    readonly start: Temporal.PlainDateTime;
    /** Where it comes, when that is another place. */
    readonly where: string | undefined;
  } | null = null,
): Promise<Result<void>> => {
  for (const { stop, start } of visits) {
    const except = [...new Set([...stop.except, start.toPlainDate().toString()])].sort();
    await correctRow(inside, 'tour_stop', stop.id, { except });
  }
  const words = oneLine(reason).slice(0, REASON_SIGNS);
  await note(inside, key, visits, kind, words, to?.stop ?? null);
  for (const { stop, start, minutes } of visits) {
    const here = stops.filter((one) => placeKey(one) === placeKey(stop)).map(({ id }) => id);
    const dates = await datesAtStops(inside, key.registration, here, start, start.add({ minutes }));
    for (const date of dates) {
      const shift = to && start.until(to.start);
      const next = shift && date.local_start.add(shift);
      const done = next
        ? await moveDate(inside, date.id, {
            ...{
              day: next.toPlainDate().toString(),
              hour: typedTime(next),
              words: to?.where ? `Rendez-vous à cet endroit : ${to.where}. ${words}`.trim() : words,
            },
          })
        : await cancelDate(inside, date.id, words);
      // A rendez-vous that begins before its visit: it would be past, though the visit is not.
      if (!done.ok && done.error.code === 'past_hour') return refuse(pastDay);
      // Our own team, in this very transaction: only an accident refuses.
      if (!done.ok) throw new Error(done.error.code);
    }
    if (kind === 'cancelled')
      await inside.db
        .updateTable('tour_visit_change')
        .set({ dates: dates.map(({ id }) => id) })
        .where('stop', '=', stop.id)
        .where('was', '=', sql<Temporal.PlainDateTime>`${start.toString()}::timestamp`)
        .execute();
  }
  return ok(undefined);
};

/** Writes what became of visits, in the journal too, and has everybody told who asked. */
export const note = async (
  inside: PersonContext,
  key: TourKey,
  visits: readonly FoundVisit[],
  kind: ChangeKind,
  reason: string,
  toStop: number | null,
): Promise<void> => {
  const batch = crypto.randomUUID();
  const changed_at = inside.clock.now();
  const said = { kind, reason, to_stop: toStop, batch, changed_at, dates: [] };
  for (const { stop, start, minutes } of visits) {
    await inside.db
      .insertInto('tour_visit_change')
      .values({ tour: key.tour, stop: stop.id, was: start.toString(), minutes, time_zone: stop.zone, ...said })
      .onConflict((known) => known.columns(['stop', 'was']).doUpdateSet(said))
      .execute();
  }
  const stream = `tours/${key.tour}`;
  const version = (await readStream(inside.db, stream)).length;
  const data = { kind, registration: key.registration, visits: visits.length };
  const written = await append(inside, stream, version, [{ type: 'VisitsChanged-V1', data }]);
  // The row of the tour is locked by whoever writes: nobody else may be at its journal.
  if (!written.ok) throw new Error(written.error.code);
  await inside.jobs.enqueue(tellFollowers, { batch, ...(key.origin === undefined ? {} : { origin: key.origin }) });
};

export const pastDay: Refusal = {
  code: 'past_day',
  field: 'day',
  message: 'Ce moment est passé. Donnez une date et une heure à venir.',
};
