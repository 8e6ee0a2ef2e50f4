import os from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import pg from 'pg';
import { connectionOptions } from '#platform/server/database/database.ts';
import { buildSegment } from '../search/build.ts';
import { buffersOf } from '../search/segment.ts';
import type { BuiltInThread } from './offers-index.ts';
import { readAllOffers } from './read-offers.ts';

/** The thread that reads every offer and builds a whole index, so that requests are answered meanwhile. */
const { url, firstWeek } = workerData as { url: string; firstWeek: number };
// On Linux a priority belongs to a thread: this one gives way to the thread that answers.
if (process.platform === 'linux') os.setPriority(0, 10);
const client = new pg.Client(connectionOptions(url));
await client.connect();
const started = performance.now();
const { rows, timetables, since } = await readAllOffers(client);
const read = performance.now();
await client.end();
const data = buildSegment(rows, timetables, firstWeek);
const built: BuiltInThread = {
  ...{ data, since },
  readMs: read - started,
  buildMs: performance.now() - read,
};
parentPort?.postMessage(built, buffersOf(data));
