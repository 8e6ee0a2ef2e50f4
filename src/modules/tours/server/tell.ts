import { sql } from 'kysely';
import { z } from 'zod';
import { tourPath } from '#modules/directory/index.ts';
import { todayIn } from '#platform/clock.ts';
import { type Context, inTransaction } from '#platform/server/context.ts';
import { type AnyJob, defineJob, type JobKind } from '#platform/server/jobs/jobs.ts';
import type { Settings } from '#platform/server/settings.ts';
import { visitsOf } from '../visit.ts';
import { followDays, sendOnce } from './follow.ts';
import { followLetter, type ToldChange, type ToldVisit } from './follow-letters.ts';
import { followedStops, followersOf } from './followers.ts';
import { closePassedStops } from './passed-stops.ts';
import { type ReadStop, readChanges, readStops, whereWords } from './read-tours.ts';
import './tables.ts';

/** Tells who asked what became of visits that were changed at once. */
export const tellFollowers: JobKind<{ batch: string; origin?: string | undefined }> = {
  name: 'tours.tell',
  data: z.object({ batch: z.uuid(), origin: z.url().optional() }),
};

/** From this hour on, by the clock of the stop, tomorrow’s visits are told. Until that one: nobody is woken at night. */
const tellingHours = { from: 9, to: 20 } as const;

/** The work about visits. Without the site’s own address no link would lead anywhere: nothing is sent. */
export const visitJobs = ({ ORIGIN }: Pick<Settings, 'ORIGIN'>): readonly AnyJob[] => [
  defineJob({
    ...tellFollowers,
    purpose: 'Prévient d’un passage annulé, déplacé ou maintenu les personnes qui l’ont demandé',
    handle: async (context, { batch, origin = ORIGIN }) => {
      if (origin) await tellBatch(context, batch, origin);
    },
  }),
  defineJob({
    name: 'tours.remind',
    purpose:
      'Prévient la veille d’un passage les personnes qui l’ont demandé ; demande une fois l’an si elles continuent',
    data: z.object({}),
    every: '25 * * * *',
    handle: async (context) => {
      await closePassedStops(context);
      if (!ORIGIN) return;
      await remindTomorrow(context, ORIGIN);
      await askToRenew(context, ORIGIN);
    },
  }),
];

/** Tells each who follows what a batch changed of what they follow, in one message. Run again, it tells nobody twice. */
export const tellBatch = async (context: Context, batch: string, origin: string): Promise<void> => {
  const changes = await readChanges(context, { batch });
  const tours = [...new Set(changes.map(({ tour }) => tour))];
  const stops = await readStops(context, { tours });
  const told = changes.flatMap((change) => {
    const stop = stops.find(({ id }) => id === change.stop);
    return stop ? [{ stop, change: { ...change, ...tellChange(change, stop, stops, origin) } }] : [];
  });
  const follows = await followersOf(context, stops);
  for (const follow of follows) {
    const mine = told.filter(({ stop }) => follow.follows(stop)).map(({ change }) => change);
    const [first] = mine;
    if (!first) continue;
    const today = todayIn(context.clock, first.zone);
    await inTransaction(context, (inside) =>
      sendOnce(inside, follow, `change:${batch}`, (link) => followLetter.changed(mine, today, link), origin),
    );
  }
};

type Changed = Awaited<ReturnType<typeof readChanges>>[number];

const tellChange = (change: Changed, stop: ReadStop, stops: readonly ReadStop[], origin: string): ToldChange => {
  const became = stops.find(({ id }) => id === change.toStop);
  const start = became?.starts_at ? Temporal.PlainDateTime.from(became.starts_at) : undefined;
  return {
    ...{ kind: change.kind, reason: change.reason },
    ...tellVisit(stop, change.was, change.minutes, origin),
    to: became && start ? tellVisit(became, start, became.minutes ?? change.minutes, origin) : undefined,
  };
};

/** A visit as a message tells it. */
export const tellVisit = (
  stop: ReadStop,
  start: Temporal.PlainDateTime,
  minutes: number,
  origin: string,
): ToldVisit => ({
  ...{ start, minutes, tourName: stop.tourName, where: whereWords(stop) },
  page: `${origin}${tourPath({ id: stop.tour, name: stop.tourName })}`,
});

/** Tells who follows what comes tomorrow, once a day for each, when the day has begun there. */
export const remindTomorrow = async (context: Context, origin: string): Promise<void> => {
  const coming = new Map<number, readonly ToldVisit[]>();
  const stops = await followedStops(context);
  for (const stop of stops) {
    const here = context.clock.now().toZonedDateTimeISO(stop.zone);
    if (here.hour < tellingHours.from || here.hour >= tellingHours.to) continue;
    const tomorrow = here.toPlainDate().add({ days: 1 });
    const visits = visitsOf(stop, [], tomorrow, tomorrow.add({ days: 1 }));
    if (visits.length > 0)
      coming.set(
        stop.id,
        visits.map(({ start, minutes }) => tellVisit(stop, start, minutes, origin)),
      );
  }
  const passed = stops.filter(({ id }) => coming.has(id));
  if (passed.length === 0) return;
  for (const follow of await followersOf(context, passed)) {
    const mine = passed.filter((stop) => follow.follows(stop)).flatMap(({ id }) => coming.get(id) ?? []);
    const visits = mine.toSorted((one, other) => Temporal.PlainDateTime.compare(one.start, other.start));
    const day = visits[0]?.start.toPlainDate();
    if (!day) continue;
    await inTransaction(context, (inside) =>
      sendOnce(
        inside,
        follow,
        `visit:${day}`,
        (link) => followLetter.reminder(visits, day.subtract({ days: 1 }), link),
        origin,
      ),
    );
  }
};

/** Asks, once, who confirmed almost a year ago whether they go on; without an answer, `retention.apply` erases them. */
const askToRenew = async (context: Context, origin: string): Promise<void> => {
  const before = context.clock.now().subtract({ hours: 24 * (followDays.confirmed - followDays.renewal) });
  const old = await context.db
    .selectFrom('tour_follow')
    .select(['id', 'email', 'confirmed_at'])
    .where('confirmed_at', '<', before)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('tour_follow_mail')
            .select('about')
            .whereRef('follow', '=', 'tour_follow.id')
            .where('about', '=', sql<string>`'renew:' || floor(extract(epoch from tour_follow.confirmed_at))`),
        ),
      ),
    )
    .execute();
  for (const follow of old) {
    await inTransaction(context, (inside) =>
      sendOnce(
        inside,
        follow,
        `renew:${Math.floor((follow.confirmed_at?.epochMilliseconds ?? 0) / 1_000)}`,
        (link) => followLetter.renewal(link),
        origin,
      ),
    );
  }
};
