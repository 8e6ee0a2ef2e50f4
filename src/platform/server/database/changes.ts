import { sql } from 'kysely';
import pg from 'pg';
import { connectionOptions, type Database } from './database.ts';

/** Name of a set of rows that processes keep a copy of in memory: `initiatives`, `territories`. */
export type Topic = string;

export interface Changes {
  /** Calls `listener` within moments of each committed change, and after every reconnection. Returns how to stop. */
  on(topic: Topic, listener: () => void): () => void;
  stop(): Promise<void>;
}

/** Tells every process that a topic changed. In a transaction, it is told at commit and not before. */
export const announceChange = async (db: Database, topic: Topic): Promise<void> => {
  await sql`select pg_notify('mille_jours_changes', ${topic})`.execute(db);
};

/**
 * Listens to the changes that other processes announce. Never throws once started: a lost connection is opened again,
 * and then every listener is called, because what was said meanwhile was not heard.
 */
export const listenToChanges = (url: string, onTrouble: (error: unknown) => void): Changes => {
  const listeners = new Map<Topic, Set<() => void>>();
  let client: pg.Client | undefined;
  let stopped = false;
  let retry: NodeJS.Timeout | undefined;

  const connect = async (again: boolean): Promise<void> => {
    if (stopped) return;
    const next = new pg.Client(connectionOptions(url));
    next.on('error', (error) => {
      onTrouble(error);
      reconnect(next);
    });
    next.on('end', () => reconnect(next));
    next.on('notification', ({ payload }) => {
      for (const listener of listeners.get(payload ?? '') ?? []) listener();
    });
    try {
      client = next;
      await next.connect();
      await next.query('listen mille_jours_changes');
      if (again) for (const set of listeners.values()) for (const listener of set) listener();
    } catch (error) {
      onTrouble(error);
      reconnect(next);
    }
  };

  const reconnect = (failed: pg.Client): void => {
    if (stopped || client !== failed) return;
    client = undefined;
    failed.end().catch(() => {});
    retry = setTimeout(() => void connect(true), 1_000);
    retry.unref();
  };

  void connect(false);
  return {
    on: (topic, listener) => {
      const set = listeners.get(topic) ?? new Set();
      set.add(listener);
      listeners.set(topic, set);
      return () => set.delete(listener);
    },
    stop: async () => {
      stopped = true;
      clearTimeout(retry);
      await client?.end().catch(() => {});
    },
  };
};
