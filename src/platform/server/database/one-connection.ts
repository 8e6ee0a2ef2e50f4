import { type IsolationLevel, Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { connectionOptions, type Database, type Tables } from './database.ts';

/**
 * One transaction on a connection of its own, reached both as a typed door and as the bare client: copying tables needs
 * the client, and must see what the door wrote. Everything is undone when `work` throws.
 */
export const inOneConnection = async <T>(
  url: string,
  work: (db: Database, client: pg.Client) => Promise<T>,
  isolation: IsolationLevel = 'read committed',
): Promise<T> => {
  const client = new pg.Client(connectionOptions(url));
  // A connection that breaks also rejects the query under way: that is where it is told.
  client.on('error', () => {});
  await client.connect();
  const lent = Object.assign(client, { release: () => {} });
  const pool = { connect: async () => lent, end: async () => {}, options: {} };
  try {
    return await new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
      .transaction()
      .setIsolationLevel(isolation)
      .execute((db) => work(db, client));
  } finally {
    await client.end();
  }
};
