import { type Commune, distanceKm } from '#modules/territory/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import type { Context } from '#platform/server/context.ts';
import { placeKey } from '../visit.ts';
import { type ReadStop, readStops } from './read-tours.ts';
import './tables.ts';

/** « Près de chez moi »: in the commune, or this far from its centre, as the crow flies. */
export const NEAR_KM = 5;
/** No commune of France reaches farther from its centre than this, Guyane and the islands apart. */
const WIDEST_KM = 25;

/** What says where a stop is. */
export type Situated = Pick<ReadStop, 'id' | 'tour' | 'label' | 'line' | 'insee' | 'commune' | 'point'>;

/** Somebody who asked to be told: of one stop, of one tour near a commune, or of any. */
export interface Follower {
  readonly id: string;
  readonly email: string;
  readonly of: 'stop' | 'tour' | 'any';
  readonly follows: (stop: Situated) => boolean;
}

/** Who asked to be told of one of these stops, and confirmed. */
export const followersOf = async (context: Context, stops: readonly Situated[]): Promise<Follower[]> => {
  const territories = context.indexes.get(territoryIndex);
  const tours = [0, ...new Set(stops.map(({ tour }) => tour))];
  const near = (await followedCommunes(context)).filter(({ commune }) => stops.some((stop) => isNear(commune, stop)));
  const rows = await context.db
    .selectFrom('tour_follow')
    .leftJoin('tour_stop', 'tour_stop.id', 'tour_follow.stop')
    .select(['tour_follow.id', 'tour_follow.email', 'tour_follow.insee', 'tour_follow.tour', 'tour_follow.stop'])
    .select('tour_stop.tour_id')
    .select(['tour_stop.label', 'tour_stop.line', 'tour_stop.insee as stop_insee'])
    .where('confirmed_at', 'is not', null)
    .where(({ eb, or, and }) =>
      or([
        eb('tour_stop.tour_id', 'in', tours),
        and([
          eb('tour_follow.insee', 'in', ['', ...near.map(({ insee }) => insee)]),
          or([eb('tour_follow.tour', 'is', null), eb('tour_follow.tour', 'in', tours)]),
        ]),
      ]),
    )
    .orderBy('tour_follow.id')
    .execute();
  return rows.map(({ id, email, insee, tour, stop: followed, tour_id, label, line, stop_insee }) => {
    const commune = insee ? territories.commune(insee) : undefined;
    const place = tour_id && placeKey({ tour: tour_id, label: label ?? '', line, insee: stop_insee });
    return {
      ...{ id, email, of: place ? 'stop' : tour === null ? 'any' : 'tour' },
      // A place by any of its rows, and a row wherever it is: one that was moved was read at another place.
      follows: (stop) =>
        place
          ? stop.id === followed || placeKey(stop) === place
          : commune !== undefined && isNear(commune, stop) && (tour === null || tour === stop.tour),
    };
  });
};

/** Every stop that somebody follows, or that is near a commune that somebody follows. */
export const followedStops = async (context: Context): Promise<ReadStop[]> => {
  const rows = await context.db
    .selectFrom('tour_follow')
    .innerJoin('tour_stop', 'tour_stop.id', 'tour_follow.stop')
    .select('tour_stop.tour_id')
    .distinct()
    .where('confirmed_at', 'is not', null)
    .execute();
  const found = await readStops(context, { tours: rows.map(({ tour_id }) => tour_id) });
  for (const { commune } of await followedCommunes(context)) found.push(...(await stopsNear(context, commune)));
  return [...new Map(found.map((stop) => [stop.id, stop])).values()];
};

/** The stops in a commune and near its centre. */
export const stopsNear = async (context: Context, commune: Commune): Promise<ReadStop[]> =>
  (await readStops(context, { around: commune, km: WIDEST_KM })).filter((stop) => isNear(commune, stop));

const isNear = (commune: Commune, stop: Situated): boolean =>
  (stop.commune !== undefined && wholeOf(stop.commune) === wholeOf(commune)) ||
  (stop.point !== undefined && distanceKm(commune, stop.point) <= NEAR_KM);

/** An arrondissement counts with its city. */
const wholeOf = ({ code, partOf }: Commune): string => partOf ?? code;

const followedCommunes = async ({ db, indexes }: Context): Promise<{ insee: string; commune: Commune }[]> => {
  const rows = await db
    .selectFrom('tour_follow')
    .select('insee')
    .distinct()
    .where('insee', 'is not', null)
    .where('confirmed_at', 'is not', null)
    .execute();
  return rows.flatMap(({ insee }) => {
    const commune = insee ? indexes.get(territoryIndex).commune(insee) : undefined;
    return insee && commune ? [{ insee, commune }] : [];
  });
};
