import { sql } from 'kysely';
import { cancelDate, datesAtStops, moveDate } from '#modules/agenda/server/index.ts';
import { addStop, correctRow } from '#modules/directory/server/index.ts';
import { keptTours } from '#modules/professionals/server/index.ts';
import { todayIn } from '#platform/clock.ts';
import { isUuid } from '#platform/ids.ts';
import { notAllowed } from '#platform/permissions.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import { type Context, inTransaction } from '#platform/server/context.ts';
import { authorise } from '#platform/server/identity/authorise.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { append, readStream } from '#platform/server/journal/journal.ts';
import { oneLine } from '#platform/text.ts';
import { type ChangeKind, placeKey, type Visit, visitsOf } from '../visit.ts';
import { type ReadStop, readStops } from './read-tours.ts';
import { tellFollowers } from './tell.ts';
import './tables.ts';

/** A tour of a registration. */
export interface TourKey {
  readonly registration: string;
  readonly tour: number;
  /** Address of the site, for the links of messages, when this request knows it; else the operator’s setting. */
  readonly origin?: string | undefined;
}

/** One visit of one stop: the day on which it was to come, by its clock. */
export interface VisitKey {
  readonly stop: number;
  readonly day: string;
}

/** The longest reason, in signs: it is read on a telephone. */
export const REASON_SIGNS = 160;

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

/** Says that one visit comes at another day or hour, at the same stop. Refuses what is past, or already a visit. */
export const moveVisit = (
  context: PersonContext,
  key: TourKey,
  visit: VisitKey,
  { to, reason }: { readonly to: Temporal.PlainDateTime; readonly reason: string },
): Promise<Result<void>> =>
  steer(context, key, async (inside, stops) => {
    const found = findPlanned(inside, stops, visit);
    if (!found.ok) return found;
    const { stop, start, minutes } = found.value;
    const starts = to.toZonedDateTime(stop.zone).toInstant();
    if (Temporal.Instant.compare(starts, inside.clock.now()) <= 0) return refuse(pastDay);
    if (to.equals(start)) return refuse(sameTime);
    const { label, line, postcode, insee, note } = stop;
    const toStop = await addStop(inside, key.tour, `${key.registration}/arret/${crypto.randomUUID()}`, {
      ...{ label, line, postcode, insee, note, starts_at: to.toString({ smallestUnit: 'minute' }), minutes },
      ...(await pointOf(inside, stop.id)),
    });
    return change(inside, key, stops, [found.value], 'moved', reason, { stop: toStop, start: to });
  });

/** Takes a cancellation back: it comes after all. What the agenda had on board stays cancelled; its organiser decides. */
export const restoreVisit = (context: PersonContext, key: TourKey, visit: VisitKey): Promise<Result<void>> =>
  steer(context, key, async (inside, stops) => {
    const stop = stops.find(({ id }) => id === visit.stop);
    const row = await inside.db
      .selectFrom('tour_visit_change')
      .select(['was', 'minutes'])
      .where('stop', '=', visit.stop)
      .where('kind', '=', 'cancelled')
      .where(sql<boolean>`was::date = ${visit.day}::date`)
      .executeTakeFirst();
    if (!stop || !row) return refuse(noSuchVisit);
    if (isOver(inside, { stop, start: row.was, minutes: row.minutes })) return refuse(isPast);
    await correctRow(inside, 'tour_stop', stop.id, { except: stop.except.filter((day) => day !== visit.day) });
    await note(inside, key, [{ stop, start: row.was, minutes: row.minutes }], 'restored', '', null);
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

interface FoundVisit extends Pick<Visit, 'start' | 'minutes'> {
  readonly stop: ReadStop;
}

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

/**
 * Takes visits out of their stops, and with them what the agenda has on board meanwhile; writes down what became of them.
 * Refuses a moment that is past for what is on board.
 */
const change = async (
  inside: PersonContext,
  key: TourKey,
  stops: readonly ReadStop[],
  visits: readonly FoundVisit[],
  kind: Exclude<ChangeKind, 'restored'>,
  reason: string,
  to: { readonly stop: number; readonly start: Temporal.PlainDateTime } | null = null,
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
              hour: `${next.hour}h${String(next.minute).padStart(2, '0')}`,
              words,
            },
          })
        : await cancelDate(inside, date.id, words);
      // A rendez-vous that begins before its visit: it would be past, though the visit is not.
      if (!done.ok && done.error.code === 'past_hour') return refuse(pastDay);
      // Our own team, in this very transaction: only an accident refuses.
      if (!done.ok) throw new Error(done.error.code);
    }
  }
  return ok(undefined);
};

/** Writes what became of visits, in the journal too, and has everybody told who asked. */
const note = async (
  inside: PersonContext,
  key: TourKey,
  visits: readonly FoundVisit[],
  kind: ChangeKind,
  reason: string,
  toStop: number | null,
): Promise<void> => {
  const batch = crypto.randomUUID();
  const changed_at = inside.clock.now();
  const said = { kind, reason, to_stop: toStop, batch, changed_at };
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
const pastDay: Refusal = {
  code: 'past_day',
  field: 'day',
  message: 'Ce moment est passé. Donnez une date et une heure à venir.',
};
const sameTime: Refusal = { code: 'same_time', field: 'day', message: 'Ce passage a déjà lieu à ce moment-là.' };
