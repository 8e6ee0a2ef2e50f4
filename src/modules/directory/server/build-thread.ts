import os from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import type { BuiltInThread } from './offers-index.ts';

/** The thread that reads every offer and builds a whole index, so that requests are answered meanwhile. */
const { url, firstWeek } = workerData as { url: string; firstWeek: number };
// On Linux a priority belongs to a thread: this one gives way to the thread that answers, from before it reads its code.
if (process.platform === 'linux') os.setPriority(0, 10);
const { default: pg } = await import('pg');
const { connectionOptions } = await import('#platform/server/database/database.ts');
const { segmentBuilder } = await import('../search/build.ts');
const { buffersOf } = await import('../search/segment.ts');
const { beginReading, readAllOffers } = await import('./read-offers.ts');
const client = new pg.Client(connectionOptions(url));
await client.connect();
const started = performance.now();
const { timetables, since, room } = await beginReading(client);
const builder = segmentBuilder(timetables, firstWeek, room.rows);
// Rows are indexed as they come, so that they are never all kept beside what is made of them: each part is timed.
let buildMs = 0;
const building = <T>(part: () => T): T => {
  const before = performance.now();
  const made = part();
  buildMs += performance.now() - before;
  return made;
};
const texts = await readAllOffers(client, room, (rows) =>
  building(() => {
    for (const row of rows) builder.add(row);
  }),
);
const data = building(() => builder.finish(texts));
const readMs = performance.now() - started - buildMs;
await client.end();
const built: BuiltInThread = { data, since, readMs, buildMs };
parentPort?.postMessage(built, buffersOf(data));
