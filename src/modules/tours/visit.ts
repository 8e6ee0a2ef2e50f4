import { type Recurrence, recurringTimes } from '#platform/recurrence.ts';

/** What became of one visit: it does not come, it comes at another time or place, or it comes after all. */
export type ChangeKind = 'cancelled' | 'moved' | 'restored';

/** A visit that became another, as the team said it. */
export interface VisitChange {
  readonly stop: number;
  /** When it was to come, by the clock of the stop. */
  readonly was: Temporal.PlainDateTime;
  readonly minutes: number;
  readonly kind: ChangeKind;
  /** In the team’s words, for everybody. */
  readonly reason: string;
  /** The stop that holds the visit it became. */
  readonly toStop: number | null;
}

/** When a stop is visited, with what the team changed of it. Without `starts_at` its dates are not known. */
export interface StopTimes {
  readonly id: number;
  readonly starts_at: string | null;
  readonly minutes: number | null;
  readonly rrule: string | null;
  readonly except: readonly string[];
  readonly besides: readonly string[];
}

/** One visit of a stop, by its clock. */
export interface Visit {
  readonly stop: number;
  readonly start: Temporal.PlainDateTime;
  readonly minutes: number;
  readonly state: 'planned' | 'cancelled' | 'moved';
  readonly reason: string;
  readonly toStop: number | null;
}

/** What a stop is when nobody says how long it lasts. */
const USUAL_MINUTES = 60;

/**
 * The visits of a stop between two days (`to` not included), those that do not come any more among them, the earliest
 * first. A rule that cannot be read gives none: nobody waits for a bus on a guess.
 */
export const visitsOf = (
  stop: StopTimes,
  changes: readonly VisitChange[],
  from: Temporal.PlainDate,
  to: Temporal.PlainDate,
): Visit[] => {
  const minutes = stop.minutes ?? USUAL_MINUTES;
  const planned = timesOf(stop, from, to).map(
    (start): Visit => ({ ...{ stop: stop.id, start, minutes, state: 'planned', reason: '' }, toStop: null }),
  );
  const gone = changes.flatMap((change): Visit[] => {
    const day = change.was.toPlainDate();
    const inside = Temporal.PlainDate.compare(day, from) >= 0 && Temporal.PlainDate.compare(day, to) < 0;
    if (change.stop !== stop.id || change.kind === 'restored' || !inside) return [];
    return [
      {
        ...{ stop: stop.id, start: change.was, minutes: change.minutes, state: change.kind },
        ...{ reason: change.reason, toStop: change.toStop },
      },
    ];
  });
  return [...planned, ...gone].sort((one, other) => Temporal.PlainDateTime.compare(one.start, other.start));
};

/** Rules met lately with their times: reckoning one costs a millisecond, and a page shows a hundred of them. */
const known = new Map<string, readonly Temporal.PlainDateTime[]>();

const timesOf = (
  { starts_at, rrule, except, besides }: StopTimes,
  from: Temporal.PlainDate,
  to: Temporal.PlainDate,
): readonly Temporal.PlainDateTime[] => {
  if (!starts_at) return [];
  const recurrence: Recurrence = { starts_at, rrule, except, besides };
  const key = JSON.stringify([recurrence, from, to]);
  const before = known.get(key);
  if (before) return before;
  const times = readable(recurrence, from, to);
  if (known.size > 5_000) known.clear();
  known.set(key, times);
  return times;
};

const readable = (
  recurrence: Recurrence,
  from: Temporal.PlainDate,
  to: Temporal.PlainDate,
): readonly Temporal.PlainDateTime[] => {
  try {
    return recurringTimes(recurrence, from, to);
  } catch {
    return [];
  }
};

/** Where a stop is, whatever the hour: a stop visited morning and afternoon is told in two rows, and is one place. */
export const placeKey = (stop: {
  readonly tour: number;
  readonly label: string;
  readonly insee: string | null;
  readonly line: string | null;
}): string => JSON.stringify([stop.tour, stop.label, stop.insee, stop.line]);
