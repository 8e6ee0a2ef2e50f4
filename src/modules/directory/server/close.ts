import { sql } from 'kysely';
import { type Context, inTransaction } from '#platform/server/context.ts';
import { announceChange } from '#platform/server/database/changes.ts';
import type { Database } from '#platform/server/database/database.ts';
import type { Entity } from '../model.ts';
import { PERSON } from '../provenance.ts';
import { resolveOffers, type Surroundings, surroundings } from './resolve.ts';
import { DIRECTORY_TOPIC, type Origin } from './save.ts';
import './tables.ts';

/** Rows that disappear from a source close. An organisation has no opening of its own: it stays. */
const closable = ['place', 'professional', 'tour', 'tour_stop', 'service'] as const satisfies readonly Entity[];

/** Open rows of `source`, and how many of them the run did not meet: what `closeMissing` would close. */
export const countMissing = async (
  db: Database,
  source: string,
  run: string,
): Promise<{ readonly open: number; readonly missing: number }> => {
  let [open, missing] = [0, 0];
  for (const entity of closable) {
    const { rows } = await sql<{ open: number; missing: number }>`
      select count(*) as open, count(*) filter (where ${isMissing(entity, run)}) as missing
      from ${sql.table(entity)} where source = ${source} and state = 'open'`.execute(db);
    open += rows[0]?.open ?? 0;
    missing += rows[0]?.missing ?? 0;
  }
  return { open, missing };
};

/**
 * Closes the rows of a source that a run did not meet, and forgets the run. What a person said to be open stays open.
 * Returns how many rows were closed.
 */
export const closeMissing = (context: Context, origin: RunOrigin): Promise<number> =>
  inTransaction(context, ({ db, clock, indexes }) => closeWithin(db, surroundings(clock, indexes), origin));

type RunOrigin = Required<Pick<Origin, 'source' | 'on' | 'run'>>;

/** The same, inside a transaction, for who has no context yet. */
export const closeWithin = async (
  db: Database,
  around: Surroundings,
  { source, on, run }: RunOrigin,
): Promise<number> => {
  const closed = new Map<Entity, number[]>();
  const day = on ?? around.now.toZonedDateTimeISO('Europe/Paris').toPlainDate().toString();
  for (const entity of closable) {
    const { rows } = await sql<{ id: number }>`
      update ${sql.table(entity)} set state = 'closed', closed_on = ${day}::date,
        changed_at = ${around.now.toString()}::timestamptz,
        provenance = (provenance::jsonb || jsonb_build_object('state', jsonb_build_object('source', ${source}::text, 'on', ${day}::text)))::json
      where source = ${source} and state = 'open' and ${isMissing(entity, run)}
        and coalesce(provenance -> 'state' ->> 'source', '') <> ${PERSON}
      returning id`.execute(db);
    closed.set(
      entity,
      rows.map(({ id }) => id),
    );
  }
  const offers = await resolveOffers(db, around, {
    services: closed.get('service') ?? [],
    places: closed.get('place') ?? [],
    tours: closed.get('tour') ?? [],
    stops: closed.get('tour_stop') ?? [],
  });
  if (offers > 0) await announceChange(db, DIRECTORY_TOPIC);
  await forgetRun(db, run);
  return [...closed.values()].reduce((sum, ids) => sum + ids.length, 0);
};

/** Forgets what a run met: at its end, or when it is given up. */
export const forgetRun = async (db: Database, run: string): Promise<void> => {
  await sql`delete from import_seen where run = ${run}::uuid`.execute(db);
};

const isMissing = (entity: Entity, run: string) => sql`not exists (
  select from import_seen
  where run = ${run}::uuid and entity = ${entity} and import_seen.source_ref = ${sql.table(entity)}.source_ref)`;
