import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { sql } from 'kysely';
import { type Clock, systemClock, todayIn } from '#platform/clock.ts';
import type { Database } from '#platform/server/database/database.ts';
import type { IndexDefinition } from '#platform/server/indexes.ts';
import type { Logger } from '#platform/server/log.ts';
import { buildSegment } from '../search/build.ts';
import { openSegment, type Segment, type SegmentData, withdraw } from '../search/segment.ts';
import { mondayOf, weekNumber } from '../week.ts';
import { readChangedOffers } from './read-offers.ts';
import { DIRECTORY_TOPIC } from './save.ts';
import { HOURS_TOPIC } from './timetables.ts';

/** Every offer in memory. Replaced as a whole; a search takes `segments` once and keeps them for its own duration. */
export interface OffersIndex {
  /** The large one first, then what changed since, oldest first. */
  readonly segments: readonly Segment[];
  /** Changes with every change: for ETags. Of this process alone: who asks another one is given the tile again. */
  readonly version: string;
  /** Milliseconds of the last full build, when it was done in a thread. */
  readonly lastBuild: { readonly readMs: number; readonly buildMs: number; readonly swapMs: number } | undefined;
}

/** What the thread hands over. */
export interface BuiltInThread {
  readonly data: SegmentData;
  readonly since: string;
  readonly readMs: number;
  readonly buildMs: number;
}

interface Kept extends OffersIndex {
  segments: Segment[];
  version: string;
  lastBuild: OffersIndex['lastBuild'];
  /** Every transaction before this one is in the segments. */
  since: string;
  /** What says from which week hours are kept. */
  readonly clock: Clock;
  readonly log: Logger | undefined;
  /** The full build under way, if any. */
  building: Promise<void> | undefined;
}

/** Beyond this many small segments, or this share of rows replaced, everything is built again in a thread. */
const MOST_SEGMENTS = 12;
const MOST_REPLACED = 0.2;
/** Fewer offers than this are built in place: starting a thread would cost more. */
const SMALL = 20_000;

/** The offers in memory: `context.indexes.get(offersIndex)`. */
export const offersIndex: IndexDefinition<OffersIndex> = {
  name: 'offers',
  topics: [DIRECTORY_TOPIC, HOURS_TOPIC],
  siteOnly: true,
  build: async (db, clock = systemClock, log) => {
    const kept: Kept = {
      ...{ segments: [], version: '0', lastBuild: undefined, since: '0', clock, log, building: undefined },
    };
    await rebuild(db, kept);
    return kept;
  },
  refresh: async (db, current, changed) => {
    // Made by `build` above: the definition is the only maker of what it is given back.
    const kept = current as Kept;
    await applyChanges(db, kept);
    if (changed.has(HOURS_TOPIC) || isWorn(kept)) {
      kept.building ??= rebuild(db, kept)
        .then(() => applyChanges(db, kept))
        .finally(() => {
          kept.building = undefined;
        });
      // Small directories are rebuilt at once; large ones while changes go on being applied.
      if (rowsIn(kept) < SMALL) await kept.building;
      // Requests go on being answered from what is there; the next change tries again.
      else kept.building.catch((error) => kept.log?.error({ err: error, index: 'offers' }, 'index not built whole'));
    }
    return kept;
  },
};

const rowsIn = ({ segments }: Kept): number => segments.reduce((sum, { count }) => sum + count, 0);

const isWorn = ({ segments }: Kept): boolean => {
  const [main] = segments;
  const replaced = segments.slice(1).reduce((sum, { count }) => sum + count, 0);
  return segments.length > MOST_SEGMENTS || replaced > MOST_REPLACED * Math.max(1_000, main?.count ?? 0);
};

/** The first week that searches may ask for: the one before today's, wherever it is in the world. */
const firstWeekKept = ({ clock }: Kept): number => weekNumber(mondayOf(todayIn(clock, 'Pacific/Tahiti'))) - 1;

const rebuild = async (db: Database, kept: Kept): Promise<void> => {
  const url = process.env.DATABASE_URL;
  const { rows } = await sql<{ many: boolean }>`
    select count(*) >= ${SMALL} as many from (select from offer where not gone limit ${SMALL}) as offers`.execute(db);
  if (rows[0]?.many && url) {
    const { data, since, readMs, buildMs } = await buildInThread(url, firstWeekKept(kept));
    const before = performance.now();
    const main = openSegment(data);
    swap(kept, [main], since);
    kept.lastBuild = { readMs, buildMs, swapMs: performance.now() - before };
    return;
  }
  const { rows: offers, timetables, since } = await readChangedOffers(db, '0');
  swap(kept, [openSegment(buildSegment(offers, timetables, firstWeekKept(kept)))], since);
};

/** The new index answers from now on. What changed while it was built is applied again right after. */
const swap = (kept: Kept, segments: Segment[], since: string): void => {
  kept.segments = segments;
  kept.since = since;
  kept.version = newVersion();
};

/**
 * Never the same twice. Not made of `since`, which stands still while any transaction of the server is open: what changed
 * meanwhile would keep its ETag.
 */
const newVersion = (): string => `${started}-${++made}`;
const started = crypto.randomUUID().slice(0, 8);
let made = 0;

const buildInThread = (url: string, firstWeek: number): Promise<BuiltInThread> =>
  new Promise((resolve, reject) => {
    // From the sources, which the site always has beside its build: node reads them as they are.
    const thread = new Worker(path.resolve('src/modules/directory/server/build-thread.ts'), {
      workerData: { url, firstWeek },
      env: { ...process.env, TZ: 'UTC' },
    });
    thread.once('message', resolve);
    thread.once('error', reject);
    thread.once('exit', (code) => reject(new Error(`the building thread ended with ${code}`)));
  });

/** Adds what was written since the last reading as one more segment, and withdraws what it replaces. */
const applyChanges = async (db: Database, kept: Kept): Promise<void> => {
  const { rows, gone, timetables, since } = await readChangedOffers(db, kept.since);
  const touched = [...rows.map(({ id }) => id), ...gone];
  kept.since = since;
  if (touched.length === 0) return;
  // One step for the requests: nothing waits between the withdrawals and the new segment.
  for (const segment of kept.segments) for (const id of touched) withdraw(segment, id);
  const still = kept.segments.filter((segment, at) => at === 0 || (segment.dead?.indexOf(0) ?? 0) >= 0);
  const added = rows.length > 0 ? [openSegment(buildSegment(rows, timetables, firstWeekKept(kept)))] : [];
  kept.segments = [...still, ...added];
  kept.version = newVersion();
};
