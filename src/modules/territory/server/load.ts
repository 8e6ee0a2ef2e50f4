import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type RawBuilder, sql } from 'kysely';
import { announceChange } from '#platform/server/database/changes.ts';
import type { Database } from '#platform/server/database/database.ts';
import type { Logger } from '#platform/server/log.ts';
import './tables.ts';

/** What the other processes are told when a territory or a point changed. */
export const TERRITORY_TOPIC = 'territory';

/**
 * Fills the tables of territories from the files that `prepareTerritories` wrote in `referenceDir`. Does nothing when
 * the tables already hold these very files; safe when several processes start together. Imported points stay.
 */
export const loadTerritories = async (db: Database, referenceDir: string, log: Logger): Promise<void> => {
  const files = await Promise.all(tables.map(({ file }) => readFile(path.join(referenceDir, file), 'utf8')));
  const fingerprint = createHash('sha256').update(files.join('\0')).digest('hex');
  if ((await loadedFingerprint(db)) === fingerprint) return;

  await db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtext('territory_reference'))`.execute(tx);
    if ((await loadedFingerprint(tx)) === fingerprint) return;
    for (const [at, { table, columns }] of tables.entries()) {
      await tx.deleteFrom(table).execute();
      await insertFile(tx, table, columns, files[at] ?? '');
    }
    await tx
      .insertInto('territory_reference')
      .values({ fingerprint })
      .onConflict((conflict) => conflict.column('single').doUpdateSet({ fingerprint }))
      .execute();
    await announceChange(tx, TERRITORY_TOPIC);
    log.info('territories loaded');
  });
  await sql`analyze region, departement, epci, commune, former_commune`.execute(db);
};

/** The prepared files, in their columns' order, with the types that are not text. */
const tables = [
  { table: 'region', file: 'regions.tsv', columns: ['code', 'name', 'seat'] },
  { table: 'departement', file: 'departements.tsv', columns: ['code', 'name', 'region', 'seat'] },
  { table: 'epci', file: 'epci.tsv', columns: ['code', 'name', 'nature', 'population::integer'] },
  {
    table: 'commune',
    file: 'communes.tsv',
    columns: [
      ...['code', 'name', 'part_of', 'departement', 'epci', 'postcodes::text[]', 'population::integer'],
      ...['lat::float8', 'lon::float8', 'precision', 'uncertainty_km::real'],
    ],
  },
  { table: 'former_commune', file: 'former-communes.tsv', columns: ['code', 'name', 'commune', 'kind'] },
] as const;

const loadedFingerprint = async (db: Database): Promise<string | undefined> =>
  (await db.selectFrom('territory_reference').select('fingerprint').executeTakeFirst())?.fingerprint;

/**
 * The whole file as one parameter, cut into rows and fields by the database: as fast as COPY for 35 000 rows, and in
 * the caller's own transaction. `\N` stands for nothing. Refuses a file whose columns are not those expected.
 */
const insertFile = async (db: Database, table: string, columns: readonly string[], file: string): Promise<void> => {
  const [names, casts] = [columns.map((column) => column.split('::')[0] ?? ''), columns.map(castOf)];
  const headEnd = file.indexOf('\n');
  if (file.slice(0, headEnd) !== names.join('\t')) throw new Error(`the file of ${table} has unexpected columns`);
  await sql`
    insert into ${sql.table(table)} (${sql.join(names.map((name) => sql.ref(name)))})
    select ${sql.join(casts)}
    from (
      select string_to_array(line, e'\t', '\\N') as field
      from string_to_table(${file.slice(headEnd + 1).trimEnd()}, e'\n') as line
    ) as rows
  `.execute(db);
};

const castOf = (column: string, at: number): RawBuilder<unknown> =>
  sql`field[${sql.lit(at + 1)}]::${sql.raw(column.split('::')[1] ?? 'text')}`;
