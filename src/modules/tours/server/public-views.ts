import { fill } from '#messages/format.ts';
import { tours as words } from '#messages/fr/tours.ts';
import { dayWords, hourWords, stopPath, tourOfSlug, tourPath } from '#modules/directory/index.ts';
import { todayIn } from '#platform/clock.ts';
import type { Context } from '#platform/server/context.ts';
import { placeKey, type Visit, type VisitChange, visitsOf } from '../visit.ts';
import { byPlace, type ReadStop, readChanges, readOnBoard, readStops, readTour, whereWords } from './read-tours.ts';

/** Days of visits that a vehicle’s page tells, and that a stop’s does. */
export const daysAhead = { vehicle: 60, stop: 180 } as const;
/** The most dates of a page: what follows is in the calendar. */
const MOST_DATES = 20;

/** A visit in words. */
export interface VisitTold {
  readonly key: string;
  readonly stop: number;
  /** ISO day on which it was to come, by its clock. */
  readonly on: string;
  readonly day: string;
  readonly hours: string;
  readonly label: string;
  readonly where: string;
  readonly href: string;
  readonly state: Visit['state'];
  /** What became of it, and why; undefined when it comes as planned. */
  readonly changed: string | undefined;
  readonly isToday: boolean;
}

/** A tour with its stops and what became of its visits, as every page and file of it reads it. */
export const readRound = async (context: Context, id: number) => {
  const tour = await readTour(context, id);
  if (!tour) return undefined;
  const stops = await readStops(context, { tours: [id] });
  const since = context.clock.now().toZonedDateTimeISO('UTC').toPlainDate().subtract({ days: 2 });
  const changes = await readChanges(context, { tours: [id], since });
  return { tour, stops, changes, path: tourPath(tour) };
};
export type Round = NonNullable<Awaited<ReturnType<typeof readRound>>>;

/** The vehicle of an address; undefined when no open tour has its number. */
export const readRoundOf = async (context: Context, slug: string): Promise<Round | undefined> => {
  const id = tourOfSlug(slug);
  return id === undefined ? undefined : readRound(context, id);
};

/** The coming visits of some stops of a round, those that do not come any more among them, the earliest first. */
export const comingVisits = (
  { clock }: Context,
  {
    tour,
    stops,
    changes,
    whole = stops,
  }: Pick<Round, 'stops' | 'changes'> & {
    readonly tour: Pick<Round['tour'], 'id' | 'name'>;
    /** The stops of the whole round, where a visit may have been moved to. */
    readonly whole?: readonly ReadStop[];
  },
  days: number,
): (VisitTold & { readonly visit: Visit; readonly at: Temporal.Instant; readonly of: ReadStop })[] =>
  stops
    .flatMap((stop) => {
      const today = todayIn(clock, stop.zone);
      return visitsOf(stop, changes, today, today.add({ days })).map((visit) => ({
        ...tellVisit(visit, stop, whole, changes, today),
        href: stopPath(tour, firstOf(stops, stop)),
        ...{ visit, of: stop, at: visit.start.toZonedDateTime(stop.zone).toInstant() },
      }));
    })
    .filter(({ at, visit }) => Temporal.Instant.compare(at.add({ minutes: visit.minutes }), clock.now()) > 0)
    .sort((one, other) => Temporal.Instant.compare(one.at, other.at));

/** The row that stands for a place in addresses: the first of those that are it. */
const firstOf = (stops: readonly ReadStop[], stop: ReadStop): number =>
  Math.min(...stops.filter((one) => placeKey(one) === placeKey(stop)).map(({ id }) => id));

const midnight = { midnight: 'minuit' };

const hoursWords = (start: Temporal.PlainDateTime, minutes: number): string =>
  fill(words.hours, {
    from: hourWords(start.toString(), midnight),
    to: hourWords(start.add({ minutes }).toString(), midnight),
  });

const tellVisit = (
  visit: Visit,
  stop: ReadStop,
  stops: readonly ReadStop[],
  changes: readonly VisitChange[],
  today: Temporal.PlainDate,
) => {
  const day = visit.start.toPlainDate();
  const to = stops.find(({ id }) => id === visit.toStop);
  const next = to?.starts_at ? Temporal.PlainDateTime.from(to.starts_at) : undefined;
  const elsewhere = to && placeKey(to) !== placeKey(stop);
  const changed =
    visit.state === 'planned'
      ? restoredWords(changes, visit)
      : visit.state === 'moved' && next
        ? fill(elsewhere ? words.movedElsewhere : words.moved, {
            ...{
              day: dayWords(next.toPlainDate(), today),
              hours: hoursWords(next, visit.minutes),
              where: to ? whereWords(to) : '',
            },
          })
        : words.cancelled;
  return {
    ...{ key: `${stop.id}-${visit.start}`, stop: stop.id, on: day.toString(), state: visit.state },
    ...{ day: dayWords(day, today), hours: hoursWords(visit.start, visit.minutes), isToday: day.equals(today) },
    ...{ label: stop.label, where: whereWords(stop) },
    changed: changed && visit.reason ? `${changed} ${visit.reason}` : changed,
  };
};

const restoredWords = (changes: readonly VisitChange[], { stop, start }: Visit): string | undefined =>
  changes.some((change) => change.kind === 'restored' && change.stop === stop && change.was.equals(start))
    ? words.restored
    : undefined;

/** The page of a vehicle: what it is, what is on board, and its coming visits by date. */
export const vehicleView = async (context: Context, round: Round) => {
  const { tour, stops, path } = round;
  const visits = comingVisits(context, round, daysAhead.vehicle);
  const places = [...byPlace(stops).values()].flatMap(([first]) => (first ? [first] : []));
  return {
    ...{ id: tour.id, name: tour.name, vehicle: tour.vehicle ?? undefined, description: tour.description ?? undefined },
    ...{ organisation: tour.organisation ?? undefined, phone: tour.phone ?? undefined, path },
    ...{ email: tour.email ?? undefined, website: tour.website ?? undefined },
    onBoard: (await readOnBoard(context, tour.id)).map(({ slug, name, summary }) => ({
      ...{ href: `/services/${slug}`, title: name, detail: summary ?? undefined },
    })),
    alerts: visits.filter(({ isToday, state }) => isToday && state !== 'planned'),
    visits: visits.slice(0, MOST_DATES).map(told),
    more: Math.max(0, visits.length - MOST_DATES),
    stops: places.flatMap((stop) => {
      const next = visits.find(({ of, state }) => state === 'planned' && placeKey(of) === placeKey(stop));
      // A visit that was moved is a row of its own: it is told by its date, and its place by the row of the round.
      if (!next && stop.rrule === null) return [];
      return [
        {
          ...{ id: stop.id, href: stopPath(tour, firstOf(stops, stop)), title: whereWords(stop) },
          detail: next ? `${next.day}, ${next.hours}` : words.noDate,
        },
      ];
    }),
  };
};
export type VehicleView = Awaited<ReturnType<typeof vehicleView>>;

/** The page of a stop, to read and to print; undefined when the round has no such stop. */
export const stopView = async (context: Context, round: Round, stop: number) => {
  const asked = round.stops.find(({ id }) => id === stop);
  if (!asked) return undefined;
  const rows = round.stops.filter((one) => placeKey(one) === placeKey(asked));
  const visits = comingVisits(context, { ...round, stops: rows, whole: round.stops }, daysAhead.stop);
  const first = firstOf(round.stops, asked);
  return {
    ...{ id: first, rows, label: asked.label, where: whereWords(asked), line: asked.line ?? undefined },
    ...{ commune: asked.commune && { code: asked.commune.code, name: asked.commune.name } },
    notes: [...new Set(rows.flatMap(({ note }) => (note ? [note] : [])))],
    ...{ tour: round.tour.name, vehicle: round.tour.vehicle ?? undefined, organisation: round.tour.organisation },
    ...{ phone: round.tour.phone ?? undefined, path: stopPath(round.tour, first), tourPath: round.path },
    onBoard: (await readOnBoard(context, round.tour.id)).map(({ name, summary, slug }) => ({
      ...{ name, summary: summary ?? undefined, href: `/services/${slug}` },
    })),
    visits: visits.slice(0, MOST_ON_SHEET).map(told),
    more: Math.max(0, visits.length - MOST_ON_SHEET),
  };
};

/** Dates of one printed sheet. */
const MOST_ON_SHEET = 12;

const told = ({ key, stop, on, day, hours, label, where, href, state, changed, isToday }: VisitTold): VisitTold => ({
  ...{ key, stop, on, day, hours, label, where, href, state, changed, isToday },
});
