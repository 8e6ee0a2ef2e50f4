import { findPlace, type PlaceAsked } from '#modules/directory/server/index.ts';
import { type Commune, timeZoneOfCommune } from '#modules/territory/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { todayIn } from '#platform/clock.ts';
import { ok, type Refusal, type Result } from '#platform/result.ts';
import type { Context } from '#platform/server/context.ts';
import { stem, words } from '#platform/text.ts';
import { type AskedPlace, type EventQuestion, type EventsFound, searchEvents } from '../search.ts';
import { type AskedDays, daysInWords } from '../when-in-words.ts';
import { eventsIndex } from './events-index.ts';

/** A question as pages and the API ask it. */
export interface EventRequest
  extends Omit<EventQuestion, 'place' | 'from' | 'to' | 'hours' | 'stems' | 'limit' | 'after'> {
  readonly place?: PlaceAsked;
  readonly km?: number;
  /** Words of a need. */
  readonly q?: string;
  /** « ce week-end », or days already understood. */
  readonly when?: string | AskedDays;
  readonly limit: number;
  readonly after?: EventQuestion['after'];
}

export interface EventsAnswer extends EventsFound {
  /** Undefined when nothing was asked, or when it was not understood. */
  readonly days: AskedDays | undefined;
  /** The day where the question is asked about. */
  readonly today: Temporal.PlainDate;
  readonly hasCentre: boolean;
}

/** How far ahead is looked when no day is asked for. */
const DAYS_AHEAD = 92;

/**
 * The coming occurrences that answer, the earliest first. « Ce week-end » is that of the place. Refuses a territory that
 * does not exist.
 */
export const findEvents = (context: Context, request: EventRequest): Result<EventsAnswer, Refusal> => {
  const { place: asked, km, q, when, ...more } = request;
  const found = asked && findPlace(context.indexes.get(territoryIndex), asked, km);
  if (found && !found.ok) return found;
  const today = todayIn(context.clock, asked ? zoneOf(context, asked, found?.value.commune) : 'Europe/Paris');
  const days = typeof when === 'string' ? daysInWords(when, today) : when;
  const stems = q ? words(q).map(stem) : [];
  const now = context.clock.now();
  const nows = new Map<string, number>();
  const nowIn = (zone: string): number => {
    const known = nows.get(zone) ?? minutesOf(now.toZonedDateTimeISO(zone).toPlainDateTime());
    nows.set(zone, known);
    return known;
  };
  const first = days ? minutesOf(days.from.toPlainDateTime()) : 0;
  const last = days ? days.to.add({ days: 1 }) : today.add({ days: DAYS_AHEAD });
  const answer = searchEvents(context.indexes.get(eventsIndex).series.values(), {
    ...more,
    ...(found ? { place: placeOf(found.value.where) } : {}),
    from: (zone) => Math.max(first, nowIn(zone)),
    to: minutesOf(last.toPlainDateTime()),
    ...(days?.hours ? { hours: days.hours } : {}),
    ...(stems.length > 0 ? { stems } : {}),
  });
  return ok({ ...answer, days, today, hasCentre: found?.value.hasCentre ?? false });
};

/** The clock of what is asked about: of a commune, or of all that one territory holds. */
const zoneOf = ({ indexes }: Context, asked: PlaceAsked, commune: Commune | undefined): string => {
  const [first] = asked.kind === 'territory' ? indexes.get(territoryIndex).communesOf(asked.territory) : [];
  const known = commune ?? first;
  return known ? timeZoneOfCommune(known) : 'Europe/Paris';
};

type Where = Extract<ReturnType<typeof findPlace>, { ok: true }>['value']['where'];

const placeOf = (where: Where): AskedPlace => {
  if (where.kind === 'around') return { spot: where.spot, km: where.km };
  if (where.kind === 'box') return { box: where };
  return {
    codes: new Set(where.codes),
    prefixes: where.prefixes ?? [],
    spot: where.spot,
    ...(where.km === undefined ? {} : { km: where.km }),
  };
};

/** Minutes since 1970 by a clock on a wall. */
const minutesOf = (local: Temporal.PlainDateTime): number =>
  Math.floor(local.toZonedDateTime('UTC').epochMilliseconds / 60_000);
