import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';

/**
 * The tables. Each module adds its own where it defines them:
 * `declare module '#platform/server/database/database.ts' { interface Tables { commune: CommuneTable } }`.
 */
// biome-ignore lint/suspicious/noEmptyInterface: filled by declaration merging, so that the platform knows no module.
export interface Tables {}

export type Database = Kysely<Tables>;

const types = pg.types;

/** `bigint` as a number, dates as civil dates, instants as instants: a `Date` never enters the code. */
const parsers: ReadonlyMap<number, (text: string) => unknown> = new Map<number, (text: string) => unknown>([
  [types.builtins.INT8, Number],
  [types.builtins.NUMERIC, Number],
  [types.builtins.DATE, (text: string) => Temporal.PlainDate.from(text)],
  [types.builtins.TIMESTAMP, (text: string) => Temporal.PlainDateTime.from(text.replace(' ', 'T'))],
  [types.builtins.TIMESTAMPTZ, (text: string) => Temporal.Instant.from(text.replace(' ', 'T'))],
]);

const customTypes: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    parsers.get(oid) ?? types.getTypeParser(oid, format as 'text')) as typeof types.getTypeParser,
};

/** Options of one connection, shared by the pool, the listener and the copy streams. */
export const connectionOptions = (url: string): pg.ClientConfig => ({
  connectionString: url,
  types: customTypes,
  application_name: 'mille-jours',
  // Text of dates and instants must not depend on the server's own settings.
  options: '-c datestyle=ISO,YMD -c timezone=UTC -c intervalstyle=iso_8601',
});

/** A pool of connections. `max` is per process. */
export const createPool = (url: string, max = 10): pg.Pool => {
  const pool = new pg.Pool({ ...connectionOptions(url), max, connectionTimeoutMillis: 10_000 });
  // An idle connection cut by the server is not an accident of ours: the next query opens another.
  pool.on('error', () => {});
  return pool;
};

/** The typed door to the tables. */
export const createDatabase = (pool: pg.Pool): Database =>
  new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
