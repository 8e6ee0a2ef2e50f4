import { type Selectable, sql } from 'kysely';
import { type Kind, PERSON } from '#modules/directory/index.ts';
import { markChecked } from '#modules/directory/server/index.ts';
import { dayAt, todayIn } from '#platform/clock.ts';
import type { Context } from '#platform/server/context.ts';
import type { Database, Tables } from '#platform/server/database/database.ts';
import { addressHash } from '#platform/server/mail/addresses.ts';
import { defaultRhythm, dueOn, type Freshness } from '../../fresh/rhythm.ts';
import type { ListingKey } from '../ownership.ts';
import '../tables.ts';
import './tables.ts';

/** What is known of the freshness of a listing, as its row says it. */
export type FreshRow = Selectable<Tables['listing_freshness']>;

/** A row in the words of the rules. */
export const freshnessOf = (row: FreshRow): Freshness => ({
  ...{ rhythm: row.rhythm, confirmedOn: row.confirmed_on, dueOn: row.due_on, askedOn: row.asked_on, asks: row.asks },
});

/** The row of a registration or of an imported listing; nothing for what nobody has been asked about. */
export const readFresh = (
  { db }: Pick<Context, 'db'>,
  key: { readonly registration: string } | ListingKey,
): Promise<FreshRow | undefined> => {
  const rows = db.selectFrom('listing_freshness').selectAll();
  return 'registration' in key
    ? rows.where('registration', '=', key.registration).executeTakeFirst()
    : rows.where('entity', '=', key.entity).where('entity_id', '=', key.id).executeTakeFirst();
};

/**
 * Somebody who knows says that a listing is right: as it was (`exact`), or since they have just changed it. It is due again
 * when its rhythm says, every open question about it is answered, and parents read the day.
 */
export const confirmListing = async (
  context: Context,
  row: FreshRow,
  answer: 'exact' | 'changed',
  {
    on = todayIn(context.clock, 'Europe/Paris'),
    told,
  }: { readonly on?: Temporal.PlainDate; readonly told?: Told } = {},
): Promise<void> => {
  await context.db
    .updateTable('listing_freshness')
    .set({ confirmed_on: on, due_on: dueOn(on, row.rhythm), asks: 0 })
    .where('id', '=', row.id)
    .execute();
  await context.db
    .updateTable('freshness_question')
    .set({ answer, answered_at: context.clock.now() })
    .where('listing', '=', row.id)
    .where('answered_at', 'is', null)
    .execute();
  await markChecked(context, await rowsOf(context.db, row, told), on);
};

/**
 * A registration has just been published: who sent it said that all of it is right, on the day they sent it. `kind`: of its
 * first place, for the rhythm of a new one. `told`: what it tells, which is quicker to find than by its registration.
 */
export const confirmPublished = async (
  context: Context,
  registration: string,
  kind: Kind,
  told: Told,
): Promise<void> => {
  const { sent_at } = await context.db
    .selectFrom('registration')
    .select('sent_at')
    .where('id', '=', registration)
    .executeTakeFirstOrThrow();
  const on = dayAt(sent_at ?? context.clock.now(), 'Europe/Paris');
  const rhythm = defaultRhythm(kind);
  await context.db
    .insertInto('listing_freshness')
    .values({
      ...{ entity: 'registration', registration, entity_id: null, rhythm },
      ...{ confirmed_on: on, due_on: dueOn(on, rhythm), asked_on: null },
    })
    .onConflict((known) => known.column('registration').doNothing())
    .execute();
  const row = await readFresh(context, { registration });
  if (row) await confirmListing(context, row, 'changed', { on, told });
};

/**
 * Somebody has just corrected an imported listing, or proposed to. Whoever keeps it has read all of it: it is confirmed. For
 * anybody else, what was asked at their address is answered, and nothing is confirmed.
 */
export const answeredByCorrection = async (
  context: Context,
  { entity, id }: ListingKey,
  { keeps, email }: { readonly keeps: boolean; readonly email: string },
): Promise<void> => {
  const { db, clock } = context;
  if (keeps) {
    const { kind } = await db.selectFrom(entity).select('kind').where('id', '=', id).executeTakeFirstOrThrow();
    const today = todayIn(clock, 'Europe/Paris');
    const rhythm = defaultRhythm(kind);
    await db
      .insertInto('listing_freshness')
      .values({
        ...{ entity, entity_id: id, registration: null, rhythm },
        ...{ confirmed_on: null, due_on: dueOn(today, rhythm), asked_on: null },
      })
      .onConflict((known) => known.columns(['entity', 'entity_id']).doNothing())
      .execute();
  }
  const row = await readFresh(context, { entity, id });
  if (!row) return;
  if (keeps) return confirmListing(context, row, 'changed');
  await db
    .updateTable('freshness_question')
    .set({ answer: 'changed', answered_at: clock.now() })
    .where('listing', '=', row.id)
    .where('answered_at', 'is', null)
    .where('ask', 'in', ({ selectFrom }) =>
      selectFrom('freshness_ask').select('id').where('address_hash', '=', addressHash(email)),
    )
    .execute();
};

/** References of the rows that a registration tells. */
interface Told {
  readonly places: readonly string[];
  readonly services: readonly string[];
}

/** The open rows of the directory that a listing stands for. */
const rowsOf = async (
  db: Database,
  { entity, registration, entity_id }: FreshRow,
  told?: Told,
): Promise<{ readonly places: readonly number[]; readonly services: readonly number[] }> => {
  if (entity !== 'registration') {
    const one = entity_id === null ? [] : [entity_id];
    return { places: entity === 'place' ? one : [], services: entity === 'service' ? one : [] };
  }
  const ids = async (table: 'place' | 'service', refs: readonly string[] | undefined): Promise<number[]> =>
    (
      await sql<{ id: number }>`
        select id from ${sql.table(table)}
        where source = ${PERSON} and state = 'open'
          and ${refs ? sql`source_ref = any(${refs}::text[])` : sql`source_ref like ${`${registration}/%`}`}
        order by id`.execute(db)
    ).rows.map(({ id }) => id);
  return { places: await ids('place', told?.places), services: await ids('service', told?.services) };
};
