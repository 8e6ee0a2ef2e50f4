import { type Clock, systemClock } from '#platform/clock.ts';
import type { Changes, Topic } from './database/changes.ts';
import type { Database } from './database/database.ts';
import type { Logger } from './log.ts';

/** Something computed from tables and kept in the memory of the process, so that reading it costs nothing. */
export interface IndexDefinition<T> {
  readonly name: string;
  /** It is built again when one of these topics changes, here or in another process. */
  readonly topics: readonly Topic[];
  /**
   * What depends on the day looks at `clock`, which it keeps for `refresh`; without one, at that of the machine. What goes on
   * after `refresh` says in `log` that it failed: what is thrown is said already.
   */
  build(db: Database, clock?: Clock, log?: Logger): Promise<T>;
  /**
   * Brings an index up to date when `changed` topics were announced, for less than building it again. Without it, the
   * index is built again. May give back the same object.
   */
  refresh?(db: Database, current: T, changed: ReadonlySet<Topic>): Promise<T>;
  /** Only kept by processes that answer requests, not by commands. */
  readonly siteOnly?: boolean;
}

export type IndexState = 'building' | 'ready' | 'failed';

export interface Indexes {
  /** The current index. Throws when it was never built: routes are only served once all are. */
  get<T>(definition: IndexDefinition<T>): T;
  states(): Record<string, IndexState>;
  /** Resolves when every index has been built once. */
  ready(): Promise<void>;
}

/**
 * Builds the indexes and keeps them fresh. A new one replaces the old in one step; while it is being built, or when it
 * fails, the old one goes on answering. Changes that come during a build cause one more build, not several.
 */
export const keepIndexes = (
  definitions: readonly IndexDefinition<unknown>[],
  db: Database,
  changes: Changes,
  log: Logger,
  clock: Clock = systemClock,
): Indexes => {
  // By name: in development a definition read again is another object for the same index.
  const values = new Map<string, unknown>();
  const states: Record<string, IndexState> = {};

  const keep = (definition: IndexDefinition<unknown>): Promise<void> => {
    states[definition.name] = 'building';
    let running: Promise<void> | undefined;
    let again = false;
    const changed = new Set<Topic>();
    const make = async (): Promise<unknown> => {
      const told = new Set(changed);
      changed.clear();
      try {
        return definition.refresh && values.has(definition.name)
          ? await definition.refresh(db, values.get(definition.name), told)
          : await definition.build(db, clock, log);
      } catch (error) {
        for (const topic of told) changed.add(topic);
        throw error;
      }
    };
    const build = async (): Promise<void> => {
      do {
        again = false;
        try {
          values.set(definition.name, await make());
          states[definition.name] = 'ready';
        } catch (error) {
          states[definition.name] = values.has(definition.name) ? 'ready' : 'failed';
          log.error({ err: error, index: definition.name }, 'index not built');
          if (!values.has(definition.name)) throw error;
        }
      } while (again);
    };
    const rebuild = (topic: Topic): void => {
      changed.add(topic);
      if (running) again = true;
      else {
        running = build()
          .catch(() => {})
          .finally(() => {
            running = undefined;
          });
      }
    };
    // A failed first build is tried again, so that the site heals when the database comes back.
    const first = async (): Promise<void> => {
      for (let delay = 200; ; delay = Math.min(delay * 2, 10_000)) {
        try {
          return await build();
        } catch {
          await new Promise((resolve) => setTimeout(resolve, delay).unref());
        }
      }
    };
    for (const topic of definition.topics) changes.on(topic, () => rebuild(topic));
    return first();
  };

  const all = Promise.all(definitions.map(keep));
  return {
    get: <T>(definition: IndexDefinition<T>): T => {
      if (!values.has(definition.name)) throw new Error(`index ${definition.name} is not built`);
      return values.get(definition.name) as T;
    },
    states: () => ({ ...states }),
    ready: async () => {
      await all;
    },
  };
};
