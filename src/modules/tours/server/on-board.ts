import { cancelDate, datesAtStops, followStop, moveDate } from '#modules/agenda/server/index.ts';
import { ok, type Refusal, type Result } from '#platform/result.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { typedTime } from '#platform/ui/date-fields.ts';
import { placeKey, visitsOf } from '../visit.ts';
import type { TourKey } from './change-visits.ts';
import type { ReadStop } from './read-tours.ts';

/** Dates are made a year ahead, and a little more, in days. */
const YEAR = 400;

/** A stretch of the clock of a stop, in minutes. */
interface Stretch {
  readonly start: Temporal.PlainDateTime;
  readonly minutes: number;
}

/** Whether two stretches have a moment in common. */
const meet = (one: Stretch, other: Stretch): boolean =>
  Temporal.PlainDateTime.compare(one.start, other.start.add({ minutes: other.minutes })) < 0 &&
  Temporal.PlainDateTime.compare(other.start, one.start.add({ minutes: one.minutes })) < 0;

/** The dates to come that the agenda has on board at some stops, by the clock of one of them; and the visits of others then. */
export const aheadAt = (inside: PersonContext, { zone }: Pick<ReadStop, 'zone'>, registration: string) => {
  const from = inside.clock.now().toZonedDateTimeISO(zone).toPlainDateTime();
  const to = from.add({ days: YEAR });
  return {
    dates: async (stops: readonly number[]) =>
      (await datesAtStops(inside, registration, stops, from, to)).map(({ id, local_start: start, minutes }) => ({
        ...{ id, start, minutes },
      })),
    during: (stops: readonly ReadStop[]) => {
      const visits = stops.flatMap((stop) => visitsOf(stop, [], from.toPlainDate(), to.toPlainDate()));
      return (date: Stretch): Stretch | undefined => visits.find((visit) => meet(date, visit));
    },
    sameDay: (stop: ReadStop, day: Temporal.PlainDate): Stretch | undefined =>
      visitsOf(stop, [], day, day.add({ days: 1 })).find(({ start }) => start.toPlainDate().equals(day)),
  };
};

/**
 * What the agenda has on board at a stop that was changed: its series go where the stop is now, and a date whose visit is at
 * another hour goes to that hour; one whose visit is no more is cancelled. Everybody booked is told.
 * `before`: the open stops of the tour as they were; `after`: the stop as it is.
 */
export const followOnBoard = async (
  inside: PersonContext,
  { registration }: TourKey,
  before: readonly ReadStop[],
  after: ReadStop,
): Promise<Result<void, readonly Refusal[]>> => {
  const was = before.find(({ id }) => id === after.id);
  if (!was) return ok(undefined);
  const ahead = aheadAt(inside, was, registration);
  const others = before.filter((one) => one !== was && placeKey(one) === placeKey(was));
  const stays = placeKey(after) === placeKey(was);
  const then = ahead.during([was]);
  // Of a place that several stops tell, what is held during the visits of the others is theirs.
  const still = {
    own: ahead.during(stays ? [after, ...others] : [after]),
    others: ahead.during(stays ? [after, ...others] : others),
  };
  const lost = [
    ...(await ahead.dates([was.id])).filter((date) => !still.own(date)),
    ...(await ahead.dates(others.map(({ id }) => id))).filter((date) => !still.others(date)),
  ].flatMap((date) => {
    const visit = then(date);
    return visit ? [{ ...date, visit }] : [];
  });
  const followed = await followStop(inside, registration, after.id);
  if (!followed.ok) return followed;
  for (const { id, start, visit } of lost) {
    const now = ahead.sameDay(after, visit.start.toPlainDate());
    const next = now && start.add(visit.start.until(now.start));
    const moved =
      next &&
      (await moveDate(inside, id, {
        ...{
          day: next.toPlainDate().toString(),
          hour: typedTime(next),
          words: '',
        },
      }));
    if (moved?.ok) continue;
    // An hour that is past already today: it cannot be held any more.
    if (moved && moved.error.code !== 'past_hour') throw new Error(moved.error.code);
    const cancelled = await cancelDate(inside, id, '');
    // Our own team, in this very transaction: only an accident refuses.
    if (!cancelled.ok) throw new Error(cancelled.error.code);
  }
  return ok(undefined);
};
