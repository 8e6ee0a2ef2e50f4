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
const builder = segmentBuilder(timetables, firstWeek, room);
// Rows are indexed as they come, so that they are never all kept beside what is made of them: each part is timed.
let buildMs = 0;
await readAllOffers(client, (rows) => {
  const before = performance.now();
  for (const row of rows) builder.add(row);
  buildMs += performance.now() - before;
});
const readMs = performance.now() - started - buildMs;
await client.end();
const finishing = performance.now();
const data = builder.finish();
buildMs += performance.now() - finishing;
const built: BuiltInThread = { data, since, readMs, buildMs };
parentPort?.postMessage(built, buffersOf(data));
