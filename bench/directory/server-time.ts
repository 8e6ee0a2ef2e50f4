import { subscribe } from 'node:diagnostics_channel';
import { renameSync, writeFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

/**
 * Loaded into the site before itself (`--import`): how long each answer took, from the request received to the response
 * ended. On SIGUSR2, writes the milliseconds of all answers since the last time to SERVER_TIMES.
 */
const began = new WeakMap<object, number>();
let times: number[] = [];

const requestOf = (message: unknown): object => (message as { request: object }).request;

subscribe('http.server.request.start', (message) => began.set(requestOf(message), performance.now()));
subscribe('http.server.response.finish', (message) => {
  const start = began.get(requestOf(message));
  if (start !== undefined) times.push(performance.now() - start);
});

const file = process.env.SERVER_TIMES;
if (file && isMainThread) {
  process.on('SIGUSR2', () => {
    writeFileSync(`${file}.part`, JSON.stringify(times));
    renameSync(`${file}.part`, file);
    times = [];
  });
}
