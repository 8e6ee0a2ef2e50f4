import { z } from 'zod';
import { tourPath } from '#modules/directory/index.ts';
import { distanceKm } from '#modules/territory/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { todayIn } from '#platform/clock.ts';
import { type Context, inTransaction } from '#platform/server/context.ts';
import { type AnyJob, defineJob, type JobKind } from '#platform/server/jobs/jobs.ts';
import type { Settings } from '#platform/server/settings.ts';
import { placeKey, visitsOf } from '../visit.ts';
import { rememberTold, sendOnce } from './follow.ts';
import { followLetter, type ToldVisit } from './follow-letters.ts';
import { type Follower, followersOf, type Situated } from './followers.ts';
import { type ReadStop, readEndedStops, readStops, whereWords } from './read-tours.ts';
import { tellVisit } from './tell.ts';
import './tables.ts';

/** Tells who asked of the stops that ended lately, by the team, with their vehicle or with its registration. */
export const tellOfEnds: JobKind<{ origin?: string | undefined }> = {
  name: 'tours.ended',
  data: z.object({ origin: z.url().optional() }),
};

const ofStop = z.object({
  batch: z.uuid(),
  /** The stop as it was told before. */
  was: z.object({
    ...{ id: z.number(), tour: z.number(), label: z.string(), line: z.string().nullable() },
    ...{ insee: z.string().nullable(), minutes: z.number().nullable() },
    point: z.object({ lat: z.number(), lon: z.number() }).optional(),
  }),
  origin: z.url().optional(),
});

/** Tells who asked of what a stop became, once its team changed where it is or when it comes. */
export const tellOfStop: JobKind<z.infer<typeof ofStop>> = { name: 'tours.tell-stop', data: ofStop };

/** Days after which an end is old news. */
const RECENT_DAYS = 3;
/** What is told of what comes: visits of one stop, and stops that pass near. */
const most = { visits: 3, near: 3, days: 60, km: 20 } as const;

/** The work of these two. Without the site’s own address no link would lead anywhere: nothing is sent. */
export const stopJobs = ({ ORIGIN }: Pick<Settings, 'ORIGIN'>): readonly AnyJob[] => [
  defineJob({
    ...tellOfStop,
    purpose: 'Prévient d’un arrêt déplacé ou dont les dates changent les personnes qui l’ont demandé',
    handle: async (context, { batch, was, origin = ORIGIN }) => {
      if (origin) await tellChangedStop(context, batch, was, origin);
    },
  }),
  defineJob({
    ...tellOfEnds,
    purpose: 'Prévient d’un arrêt retiré ou d’un véhicule qui ne passe plus les personnes qui l’ont demandé',
    every: '55 * * * *',
    handle: async (context, { origin = ORIGIN }) => {
      if (origin) await tellEndedStops(context, origin);
    },
  }),
];

/** Tells each who followed a stop as it was where it is now, and when it comes. Run again, it tells nobody twice. */
export const tellChangedStop = async (
  context: Context,
  batch: string,
  was: z.infer<typeof ofStop>['was'],
  origin: string,
): Promise<void> => {
  const now = (await readStops(context, { tours: [was.tour] })).find(({ id }) => id === was.id);
  // Ended meanwhile: `tours.ended` tells it.
  if (!now) return;
  const commune = context.indexes.get(territoryIndex).commune(was.insee ?? '');
  const before: Situated = { ...was, commune, point: was.point ?? commune };
  const coming = nextVisits(context, now, origin).slice(0, most.visits);
  const where = { before: whereWords(before), now: whereWords(now), tourName: now.tourName };
  const page = `${origin}${tourPath({ id: now.tour, name: now.tourName })}`;
  const today = todayIn(context.clock, now.zone);
  for (const follow of await followersOf(context, [before])) {
    if (!follow.follows(before)) continue;
    await inTransaction(context, (inside) =>
      sendOnce(
        inside,
        follow,
        `stop:${batch}`,
        (link) => followLetter.stopChanged(where, coming, { today, page, link }),
        origin,
      ),
    );
  }
};

/**
 * Tells each who follows stops that ended while visits were still to come what passes near instead, once for each stop. Who
 * followed nothing else by that request is erased: no other message would ever leave.
 */
export const tellEndedStops = async (context: Context, origin: string): Promise<void> => {
  const since = todayIn(context.clock, 'UTC').subtract({ days: RECENT_DAYS });
  const ended = (await readEndedStops(context, since)).filter((stop) => nextVisits(context, stop, origin).length > 0);
  if (ended.length === 0) return;
  const open = await readStops(context, { tours: ended.map(({ tour }) => tour) });
  for (const follow of await followersOf(context, ended)) {
    const mine = ended.filter((stop) => follow.follows(stop));
    const [first] = mine;
    if (!first) continue;
    const near = await nearVisits(context, first, origin);
    const erased = hasNothingLeft(follow, first, open);
    const commune = new URLSearchParams({ commune: first.commune?.name ?? '', code: first.commune?.code ?? '' });
    const pages = { today: todayIn(context.clock, first.zone), page: `${origin}/bus?${commune}` };
    await inTransaction(context, async (inside) => {
      const fresh = await rememberTold(
        inside,
        follow,
        mine.map(({ id }) => `ended-stop:${id}`),
      );
      if (fresh.length === 0) return;
      const gone = mine.filter(({ id }) => fresh.includes(`ended-stop:${id}`));
      const places = [...new Set(gone.map((stop) => `${whereWords(stop)}\n${stop.tourName}`))];
      await sendOnce(
        inside,
        follow,
        `ended:${gone.map(({ id }) => id).join('-')}`.slice(0, 200),
        (link) => followLetter.ended(places, near, { ...pages, link: erased ? undefined : link }),
        origin,
      );
      if (erased) await inside.db.deleteFrom('tour_follow').where('id', '=', follow.id).execute();
    });
  }
};

/** A stop that nobody keeps at that place, or a vehicle that is no more: nothing is left to tell of. */
const hasNothingLeft = (follow: Follower, ended: ReadStop, open: readonly ReadStop[]): boolean => {
  if (follow.of === 'stop') return !open.some((stop) => placeKey(stop) === placeKey(ended));
  return follow.of === 'tour' && !open.some(({ tour }) => tour === ended.tour);
};

const nextVisits = (context: Context, stop: ReadStop, origin: string): ToldVisit[] => {
  const today = todayIn(context.clock, stop.zone);
  return visitsOf(stop, [], today, today.add({ days: most.days })).map(({ start, minutes }) =>
    tellVisit(stop, start, minutes, origin),
  );
};

/** The next visit of each of the nearest places where something passes, those of the same vehicle first. */
const nearVisits = async (context: Context, ended: ReadStop, origin: string): Promise<ToldVisit[]> => {
  const { point } = ended;
  if (!point) return [];
  const rank = (stop: ReadStop): number =>
    (stop.tour === ended.tour ? 0 : most.km) + (stop.point ? distanceKm(point, stop.point) : most.km);
  const around = await readStops(context, { around: point, km: most.km });
  const coming = around.toSorted((one, other) => rank(one) - rank(other) || one.id - other.id);
  const places = new Map<string, ToldVisit>();
  for (const stop of coming) {
    const [next] = places.has(placeKey(stop)) ? [] : nextVisits(context, stop, origin);
    if (next) places.set(placeKey(stop), next);
    if (places.size === most.near) break;
  }
  return [...places.values()];
};
