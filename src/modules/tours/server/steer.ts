import { sql } from 'kysely';
import { restoreDate } from '#modules/agenda/server/index.ts';
import type { StopFields } from '#modules/directory/index.ts';
import { addStop, correctRow } from '#modules/directory/server/index.ts';
import { keptTours } from '#modules/professionals/server/index.ts';
import { todayIn } from '#platform/clock.ts';
import { isUuid } from '#platform/ids.ts';
import { notAllowed } from '#platform/permissions.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import { type Context, inTransaction } from '#platform/server/context.ts';
import { authorise } from '#platform/server/identity/authorise.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import type { StopPlace } from '../stop-form.ts';
import { placeKey, visitsOf } from '../visit.ts';
import { change, type FoundVisit, note, pastDay, type TourKey } from './change-visits.ts';
import { type ReadStop, readStops, whereWords } from './read-tours.ts';
import './tables.ts';

/** One visit of one stop: the day on which it was to come, by its clock. */
export interface VisitKey {
  readonly stop: number;
  readonly day: string;
}

/** Says that one visit does not come. Everybody who asked is told; what the agenda had on board is cancelled too. */
export const cancelVisit = (
  context: PersonContext,
  key: TourKey,
  visit: VisitKey,
  reason: string,
): Promise<Result<void>> =>
  steer(context, key, async (inside, stops) => {
    const found = findPlanned(inside, stops, visit);
    if (!found.ok) return found;
    return change(inside, key, stops, [found.value], 'cancelled', reason);
  });

/**
 * The vehicle does not go on today: each visit that is not over by the clock of its stop is cancelled, at once. Returns how
 * many; refuses when none is left.
 */
export const breakDown = (
  context: PersonContext,
  key: TourKey,
  reason: string,
): Promise<Result<{ readonly visits: number }>> =>
  steer(context, key, async (inside, stops) => {
    const left = leftToday(inside, stops);
    if (left.length === 0) return refuse(nothingLeft);
    const changed = await change(inside, key, stops, left, 'cancelled', reason);
    return changed.ok ? ok({ visits: left.length }) : changed;
  });

/** Where a visit is moved to, with its point when the address was found. */
export type PlaceTo = StopPlace & Pick<StopFields, 'lat' | 'lon' | 'precision'>;

/**
 * Says that one visit comes at another day or hour, or at another place of the same clock (`place`; the same stop otherwise).
 * Refuses what is past, and what changes nothing.
 */
export const moveVisit = (
  context: PersonContext,
  key: TourKey,
  visit: VisitKey,
  { to, place, reason }: { readonly to: Temporal.PlainDateTime; readonly place?: PlaceTo; readonly reason: string },
): Promise<Result<void>> =>
  steer(context, key, async (inside, stops) => {
    const found = findPlanned(inside, stops, visit);
    if (!found.ok) return found;
    const { stop, start, minutes } = found.value;
    const starts = to.toZonedDateTime(stop.zone).toInstant();
    if (Temporal.Instant.compare(starts, inside.clock.now()) <= 0) return refuse(pastDay);
    const elsewhere = place && placeKey({ ...stop, ...place, line: place.line ?? null }) !== placeKey(stop);
    if (to.equals(start) && !elsewhere) return refuse(sameTime);
    const { label, line, postcode, insee, note } = stop;
    const here = { label, line, postcode, insee, note, ...(await pointOf(inside, stop.id)) };
    const toStop = await addStop(inside, key.tour, `${key.registration}/arret/${crypto.randomUUID()}`, {
      ...(elsewhere ? place : here),
      ...{ starts_at: to.toString({ smallestUnit: 'minute' }), minutes },
    });
    const [became] = elsewhere
      ? (await readStops(inside, { tours: [key.tour] })).filter(({ id }) => id === toStop)
      : [];
    // The hours of a visit are those of its stop: one that comes elsewhere keeps them.
    if (became && became.zone !== stop.zone) return refuse(otherClock);
    return change(inside, key, stops, [found.value], 'moved', reason, {
      ...{ stop: toStop, start: to, where: became && whereWords(became) },
    });
  });

/** Takes a cancellation back: it comes after all, and so does what the agenda had on board and was cancelled with it. */
export const restoreVisit = (context: PersonContext, key: TourKey, visit: VisitKey): Promise<Result<void>> =>
  steer(context, key, async (inside, stops) => {
    const stop = stops.find(({ id }) => id === visit.stop);
    const row = await inside.db
      .selectFrom('tour_visit_change')
      .select(['was', 'minutes', 'dates'])
      .where('stop', '=', visit.stop)
      .where('kind', '=', 'cancelled')
      .where(sql<boolean>`was::date = ${visit.day}::date`)
      .executeTakeFirst();
    if (!stop || !row) return refuse(noSuchVisit);
    if (isOver(inside, { stop, start: row.was, minutes: row.minutes })) return refuse(isPast);
    await correctRow(inside, 'tour_stop', stop.id, { except: stop.except.filter((day) => day !== visit.day) });
    await note(inside, key, [{ stop, start: row.was, minutes: row.minutes }], 'restored', '', null);
    for (const date of row.dates) {
      const restored = await restoreDate(inside, date);
      // A date that is gone meanwhile has nothing to restore; our own team is never refused.
      if (!restored.ok && restored.error.code !== 'no_such_date') throw new Error(restored.error.code);
    }
    return ok(undefined);
  });

/** What is left of today, by the clock of each stop: what a breakdown would cancel. */
export const leftToday = (context: Context, stops: readonly ReadStop[]): FoundVisit[] =>
  stops
    .flatMap((stop) => {
      const today = todayIn(context.clock, stop.zone);
      return visitsOf(stop, [], today, today.add({ days: 1 })).map((visit) => ({ ...visit, stop }));
    })
    .filter((visit) => !isOver(context, visit));

const isOver = ({ clock }: Context, { stop, start, minutes }: FoundVisit): boolean =>
  Temporal.Instant.compare(start.toZonedDateTime(stop.zone).toInstant().add({ minutes }), clock.now()) <= 0;

const findPlanned = (context: Context, stops: readonly ReadStop[], { stop: id, day }: VisitKey): Result<FoundVisit> => {
  const stop = stops.find((one) => one.id === id);
  if (!stop || !/^\d{4}-\d\d-\d\d$/.test(day)) return refuse(noSuchVisit);
  const asked = Temporal.PlainDate.from(day);
  const [found] = visitsOf(stop, [], asked, asked.add({ days: 1 }));
  if (!found) return refuse(noSuchVisit);
  const visit = { stop, start: found.start, minutes: found.minutes };
  return isOver(context, visit) ? refuse(isPast) : ok(visit);
};

/** Runs an order of the team of a tour, the tour locked. Refuses who is not of the team, and a tour that is not theirs. */
const steer = <T>(
  context: PersonContext,
  { registration, tour }: TourKey,
  act: (inside: PersonContext, stops: readonly ReadStop[]) => Promise<Result<T>>,
): Promise<Result<T>> =>
  inTransaction(context, async (joined) => {
    const inside: PersonContext = { ...joined, actor: context.actor };
    const allowed = await mayRun(inside, { registration, tour });
    if (!allowed.ok) return allowed;
    await inside.db.selectFrom('tour').select('id').where('id', '=', tour).forUpdate().execute();
    return act(inside, await readStops(inside, { tours: [tour] }));
  });

/** Whether the actor runs this tour now. To be asked inside the transaction that changes it. */
export const mayRun = async (inside: PersonContext, { registration, tour }: TourKey): Promise<Result<void>> => {
  if (!isUuid(registration)) return refuse(notAllowed);
  const allowed = await authorise(inside, 'tour.run', { organisation: registration });
  if (!allowed.ok) return allowed;
  const kept = await keptTours(inside, registration);
  return kept.some(({ id }) => id === tour) ? ok(undefined) : refuse(notAllowed);
};

const pointOf = async ({ db }: Context, stop: number) => {
  const { lat, lon, precision } = await db
    .selectFrom('tour_stop')
    .select(['lat', 'lon', 'precision'])
    .where('id', '=', stop)
    .executeTakeFirstOrThrow();
  return { lat, lon, precision };
};

const noSuchVisit: Refusal = {
  code: 'no_such_visit',
  message: 'Ce passage n’est pas, ou plus, dans la tournée. Rouvrez la page : elle dit où elle en est.',
};
const isPast: Refusal = { code: 'visit_over', message: 'Ce passage est terminé : il ne peut plus changer.' };
const nothingLeft: Refusal = {
  code: 'nothing_left_today',
  message: 'Aucun passage ne reste aujourd’hui : il n’y a rien à annuler.',
};
const sameTime: Refusal = {
  code: 'same_time',
  field: 'day',
  message: 'Ce passage a déjà lieu à ce moment-là, à cet endroit.',
};
const otherClock: Refusal = {
  code: 'other_clock',
  field: 'commune',
  message: 'Cette commune n’est pas à la même heure : annulez ce passage, puis ajoutez un arrêt.',
};
