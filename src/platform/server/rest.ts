import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** What is watched, and how: replaced in tests. */
interface Watched {
  /** Share of a processor that was used since the last call, 0 to 1 or more. */
  readonly busy: () => number;
  /** Bytes that the heap holds, garbage included. */
  readonly heap: () => number;
  readonly collect: () => void;
}

/** Below this share of work, a pause of a tenth of a second bothers nobody. */
const QUIET = 0.02;

/** A heap that has grown by less than this since the last time is left alone. */
const GROWTH = 1.25;

/**
 * Gives back the memory that starting, an import or a rush has left behind, once the process has nothing to do. V8 alone
 * waits for the next rush to do it: the garbage of a start weighed more here than all that the site keeps. Looked at every
 * five seconds; never under load.
 */
export const collectAtRest = (watched: Watched = ownProcess(), everyMs = 5_000): { stop(): void } => {
  let lean = 0;
  const timer = setInterval(() => {
    if (watched.busy() > QUIET || watched.heap() < lean * GROWTH) return;
    watched.collect();
    lean = watched.heap();
  }, everyMs).unref();
  return { stop: () => clearInterval(timer) };
};

const ownProcess = (): Watched => {
  // `gc` exists only in contexts made after the flag, hence the new one.
  setFlagsFromString('--expose-gc');
  const gc = runInNewContext('gc') as (how: { readonly type: 'major'; readonly flavor: 'last-resort' }) => void;
  // As when memory is short: a usual collection keeps the emptied pages of the heap, 80 MB after a start.
  const collect = (): void => gc({ type: 'major', flavor: 'last-resort' });
  let [usage, at] = [process.cpuUsage(), performance.now()];
  return {
    collect,
    heap: () => process.memoryUsage().heapTotal,
    busy: () => {
      const { user, system } = process.cpuUsage(usage);
      const share = (user + system) / 1000 / (performance.now() - at);
      [usage, at] = [process.cpuUsage(), performance.now()];
      return share;
    },
  };
};
