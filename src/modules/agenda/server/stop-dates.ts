import { sql } from 'kysely';
import { stopPath } from '#modules/directory/index.ts';
import { keptTours } from '#modules/professionals/server/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { isUuid } from '#platform/ids.ts';
import type { Context } from '#platform/server/context.ts';
import { type FormPlace, stopValue } from '../series-form.ts';
import './tables.ts';

/** The stops of an organisation’s tours, to choose from: what is held there is on board. */
export const stopsOf = async (
  context: Context,
  organisation: string,
): Promise<{ value: string; label: string; place: FormPlace }[]> => {
  const tours = isUuid(organisation) ? await keptTours(context, organisation) : [];
  if (tours.length === 0) return [];
  const rows = await stopRows(context, tours)
    // A visit that was moved is a stop of one day: one chooses those of the round.
    .where('rrule', 'is not', null)
    .orderBy('tour_id')
    .orderBy('position')
    .orderBy('id')
    .limit(200)
    .execute();
  return rows.flatMap((row) => onBoard(context, tours, row) ?? []);
};

/** A stop of an organisation’s tours as the place of a series, however it comes. */
export const placeAtStop = async (
  context: Context,
  organisation: string,
  stop: number,
): Promise<(FormPlace & { readonly name: string; readonly line: string }) | undefined> => {
  const tours = await keptTours(context, organisation);
  if (tours.length === 0) return undefined;
  const row = await stopRows(context, tours).where('id', '=', stop).executeTakeFirst();
  return row && onBoard(context, tours, row)?.place;
};

type Tours = Awaited<ReturnType<typeof keptTours>>;

const stopRows = ({ db }: Context, tours: Tours) =>
  db
    .selectFrom('tour_stop')
    .select(['id', 'tour_id', 'label', 'line', 'insee', 'lat', 'lon', 'precision'])
    .where(
      'tour_id',
      'in',
      tours.map(({ id }) => id),
    )
    .where('state', '=', 'open');

type StopRow = Awaited<ReturnType<ReturnType<typeof stopRows>['execute']>>[number];

const onBoard = ({ indexes }: Context, tours: Tours, row: StopRow) => {
  const tour = tours.find(({ id }) => id === row.tour_id);
  const commune = indexes.get(territoryIndex).commune(row.insee ?? '');
  if (!tour || !commune) return undefined;
  const [lat, lon] = row.lat !== null && row.lon !== null ? [row.lat, row.lon] : [commune.lat, commune.lon];
  const place = {
    ...{ insee: commune.code, lat, lon, exact: row.lat !== null && row.precision !== 'commune' },
    ...{ place_page: stopPath(tour, row.id), name: `${tour.name}, ${row.label}`.slice(0, 120), line: row.line ?? '' },
    stop: row.id,
  };
  return { value: stopValue(row.id), label: `À bord : ${tour.name}, ${row.label}, ${commune.name}`, place };
};

/** The planned dates of an organisation’s series that are held at one of these stops between two moments of its clock. */
export const datesAtStops = (
  { db }: Context,
  organisation: string,
  stops: readonly number[],
  from: Temporal.PlainDateTime,
  to: Temporal.PlainDateTime,
) =>
  db
    .selectFrom('event_occurrence as occurrence')
    .innerJoin('event_series as series', 'series.id', 'occurrence.series')
    .select(['occurrence.id', 'occurrence.local_start', 'occurrence.minutes'])
    .where('series.organisation', '=', organisation)
    .where(sql<boolean>`(series.fields ->> 'stop')::integer = any(${stops}::integer[])`)
    .where('occurrence.status', '=', 'planned')
    .where('occurrence.local_start', '<', sql<Temporal.PlainDateTime>`${to.toString()}::timestamp`)
    .where(
      sql<boolean>`occurrence.local_start + occurrence.minutes * interval '1 minute' > ${from.toString()}::timestamp`,
    )
    .orderBy('series.id')
    .orderBy('occurrence.id')
    .execute();
