import { keptTimes } from '#modules/agenda/index.ts';
import { tourPath } from '#modules/directory/index.ts';
import { keptTours } from '#modules/professionals/server/index.ts';
import { nameWithDepartement } from '#modules/territory/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { isUuid } from '#platform/ids.ts';
import { can } from '#platform/permissions.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { followersOf } from './followers.ts';
import { comingVisits, readRound } from './public-views.ts';
import { readOnBoard, whereWords } from './read-tours.ts';
import { leftToday } from './steer.ts';
import './tables.ts';

/** Days of visits that the team steers from its page. */
const DAYS = 30;

/** The vehicles of a registration, for its members; nothing for anybody else. */
export const ownVehicles = async (context: PersonContext, registration: string) => {
  if (!isUuid(registration) || !can(context.actor, 'organisation.see', { organisation: registration })) return [];
  return (await keptTours(context, registration)).map(({ id, name, own }) => ({ id, name, own }));
};

/** A vehicle as its team sees it; nothing for anybody else. */
export const teamView = async (context: PersonContext, registration: string, tour: number | undefined) => {
  const kept = (await ownVehicles(context, registration)).find(({ id }) => id === tour);
  const round = kept && (await readRound(context, kept.id));
  if (!kept || !round) return undefined;
  const { name, vehicle, description, phone, email, website } = round.tour;
  const left = leftToday(context, round.stops);
  return {
    ...{ id: kept.id, own: kept.own, name, page: tourPath(round.tour) },
    fields: { name, vehicle, description, phone, email, website },
    mayRun: can(context.actor, 'tour.run', { organisation: registration }),
    onBoard: await readOnBoard(context, kept.id),
    leftToday: left.length,
    followersToday: (
      await followersOf(
        context,
        left.map(({ stop }) => stop),
      )
    ).length,
    visits: comingVisits(context, round, DAYS).map(
      ({ key, stop, on, day, hours, where, state, changed, isToday, visit }) => ({
        ...{ key, stop, on, day, hours, where, state, changed, isToday },
        hour: visit.start.toPlainTime().toString({ smallestUnit: 'minute' }),
      }),
    ),
    stops: round.stops.map((stop) => ({ ...stop, where: whereWords(stop) })),
  };
};

/** The form of a stop, as it is kept. */
export const stopValues = (
  context: PersonContext,
  stop: NonNullable<Awaited<ReturnType<typeof teamView>>>['stops'][number],
) => {
  const times = stop.starts_at
    ? keptTimes({ ...stop, starts_at: stop.starts_at, minutes: stop.minutes ?? 60 })
    : { one: {}, many: {} };
  const territories = context.indexes.get(territoryIndex);
  return {
    one: {
      ...times.one,
      ...{ label: stop.label, line: stop.line ?? '', note: stop.note ?? '' },
      ...{ commune: stop.commune ? nameWithDepartement(stop.commune, territories) : '', code: stop.insee ?? '' },
    },
    many: times.many,
  };
};
