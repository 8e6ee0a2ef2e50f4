import { sql } from 'kysely';
import { type Commune, distanceKm, type Point, timeZoneOfCommune } from '#modules/territory/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import type { Context } from '#platform/server/context.ts';
import { placeKey, type StopTimes, type VisitChange } from '../visit.ts';
import './tables.ts';

/** A stop of an open tour, with where it is. */
export interface ReadStop extends StopTimes {
  readonly tour: number;
  readonly tourName: string;
  readonly label: string;
  readonly line: string | null;
  readonly postcode: string | null;
  readonly insee: string | null;
  readonly note: string | null;
  readonly commune: Commune | undefined;
  /** Its own, else the middle of its commune. */
  readonly point: Point | undefined;
  /** Whether the point is its own. */
  readonly placed: boolean;
  readonly zone: string;
}

/** A tour that parents see. */
export const readTour = ({ db }: Context, id: number) =>
  db
    .selectFrom('tour')
    .leftJoin('organisation', 'organisation.id', 'tour.organisation_id')
    .select(['tour.id', 'tour.name', 'tour.vehicle', 'tour.description', 'tour.phone', 'tour.email', 'tour.website'])
    .select('organisation.name as organisation')
    .where('tour.id', '=', id)
    .where('tour.state', '=', 'open')
    .executeTakeFirst();

/** What is on board of a tour: its open services. */
export const readOnBoard = ({ db }: Context, tour: number) =>
  db
    .selectFrom('placement')
    .innerJoin('service', 'service.id', 'placement.service_id')
    .select(['service.id', 'service.slug', 'service.name', 'service.kind', 'service.summary'])
    .where('placement.tour_id', '=', tour)
    .where('service.state', '=', 'open')
    .orderBy('service.name')
    .orderBy('service.id')
    .limit(30)
    .execute();

/** The open stops of some tours, or of those of a box; stop after stop of the round. */
export const readStops = async (
  context: Context,
  asked: { readonly tours: readonly number[] } | { readonly around: Point; readonly km: number },
): Promise<ReadStop[]> => {
  const query = stopRows(context).where('tour.state', '=', 'open').where('tour_stop.state', '=', 'open');
  const rows = await ('tours' in asked
    ? query.where(sql<boolean>`tour_stop.tour_id = any(${asked.tours}::integer[])`)
    : query.where(inBox(asked.around, asked.km))
  ).execute();
  const stops = rows.map((row) => located(context, row));
  if ('tours' in asked) return stops;
  return stops.filter(({ point }) => point && distanceKm(point, asked.around) <= asked.km);
};

/** The stops that ended since a day, alone or with their vehicle. */
export const readEndedStops = async (context: Context, since: Temporal.PlainDate): Promise<ReadStop[]> => {
  const day = sql<Temporal.PlainDate>`${since.toString()}::date`;
  const rows = await stopRows(context)
    .where(({ eb, or, and }) =>
      or([
        and([eb('tour_stop.state', '=', 'closed'), eb('tour_stop.closed_on', '>=', day)]),
        and([eb('tour_stop.state', '=', 'open'), eb('tour.state', '=', 'closed'), eb('tour.closed_on', '>=', day)]),
      ]),
    )
    .execute();
  return rows.map((row) => located(context, row));
};

const stopRows = ({ db }: Context) =>
  db
    .selectFrom('tour_stop')
    .innerJoin('tour', 'tour.id', 'tour_stop.tour_id')
    .select(['tour_stop.id', 'tour_stop.tour_id as tour', 'tour.name as tourName', 'tour_stop.label', 'tour_stop.line'])
    .select(['tour_stop.postcode', 'tour_stop.insee', 'tour_stop.note', 'tour_stop.lat', 'tour_stop.lon'])
    .select(['tour_stop.starts_at', 'tour_stop.minutes', 'tour_stop.rrule', 'tour_stop.except', 'tour_stop.besides'])
    .orderBy('tour_stop.position')
    .orderBy('tour_stop.id')
    .limit(MOST_STOPS);

type StopRow = Awaited<ReturnType<ReturnType<typeof stopRows>['execute']>>[number];

const located = ({ indexes }: Context, { lat, lon, ...row }: StopRow): ReadStop => {
  const commune = indexes.get(territoryIndex).commune(row.insee ?? '');
  const placed = lat !== null && lon !== null;
  return {
    ...{ ...row, commune, placed, point: placed ? { lat, lon } : commune },
    zone: commune ? timeZoneOfCommune(commune) : 'Europe/Paris',
  };
};

/** More than any round has; a page never reads more. */
const MOST_STOPS = 2_000;

/** Stops whose point is in a box around a point, or that have none of their own: their commune decides afterwards. */
const inBox = ({ lat, lon }: Point, km: number) => {
  const [high, wide] = [km / 111, km / (111 * Math.max(0.1, Math.cos((lat * Math.PI) / 180)))];
  return sql<boolean>`(tour_stop.lat is null or tour_stop.lat between ${lat - high} and ${lat + high}
    and tour_stop.lon between ${lon - wide} and ${lon + wide})`;
};

/** What became of the visits of some tours since a day, and what a batch said. */
export const readChanges = async (
  { db }: Context,
  asked: { readonly tours: readonly number[]; readonly since: Temporal.PlainDate } | { readonly batch: string },
): Promise<(VisitChange & { readonly tour: number; readonly zone: string })[]> => {
  const query = db.selectFrom('tour_visit_change').selectAll().orderBy('was').orderBy('stop');
  const rows = await ('batch' in asked
    ? query.where('batch', '=', asked.batch)
    : query
        .where(sql<boolean>`tour = any(${asked.tours}::integer[])`)
        .where('was', '>=', sql<Temporal.PlainDateTime>`${asked.since.toString()}::timestamp`)
  ).execute();
  return rows.map(({ stop, was, minutes, kind, reason, to_stop, tour, time_zone }) => ({
    ...{ stop, was, minutes, kind, reason, toStop: to_stop, tour, zone: time_zone },
  }));
};

/** The stops gathered by place: one that is visited morning and afternoon comes once, told by its first row. */
export const byPlace = (stops: readonly ReadStop[]): Map<string, ReadStop[]> => Map.groupBy(stops, placeKey);

/** « Place de la Mairie, Loudéac » */
export const whereWords = ({ label, line, commune }: Pick<ReadStop, 'label' | 'line' | 'commune'>): string =>
  [...new Set([label, line, commune?.name])].filter(Boolean).join(', ');
