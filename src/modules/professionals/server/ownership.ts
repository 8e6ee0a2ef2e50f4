import { sql } from 'kysely';
import { PERSON } from '#modules/directory/index.ts';
import { can } from '#platform/permissions.ts';
import type { Context } from '#platform/server/context.ts';
import './claim-tables.ts';
import './tables.ts';

/** A page of the directory. */
export interface ListingKey {
  readonly entity: 'place' | 'service';
  readonly id: number;
}

/** The registration that keeps a listing, after a claim; nothing for one that nobody keeps. */
export const ownerOf = async ({ db }: Context, { entity, id }: ListingKey): Promise<string | undefined> =>
  (
    await db
      .selectFrom('listing_owner')
      .select('registration')
      .where('entity', '=', entity)
      .where('entity_id', '=', id)
      .executeTakeFirst()
  )?.registration;

/** The listing is that registration’s from now on, whoever had it before. */
export const giveListing = async (
  { db, clock }: Context,
  { entity, id }: ListingKey,
  owner: { readonly registration: string; readonly caseId: string },
): Promise<void> => {
  const given = { registration: owner.registration, case_id: owner.caseId, since: clock.now() };
  await db
    .insertInto('listing_owner')
    .values({ entity, entity_id: id, ...given })
    .onConflict((known) => known.columns(['entity', 'entity_id']).doUpdateSet(given))
    .execute();
};

/** The listing is nobody’s, if it was given by that claim. What the owner said of it stays said. */
export const takeListing = async ({ db }: Context, caseId: string): Promise<void> => {
  await db.deleteFrom('listing_owner').where('case_id', '=', caseId).execute();
};

/**
 * Whether the actor writes for who keeps this listing: the team that claimed it, or, for a service, the team that keeps a
 * place where it is given.
 */
export const keepsListing = async (context: Context, { entity, id }: ListingKey): Promise<boolean> =>
  (await keepersOf(context, { entity, id })).some((registration) =>
    can(context.actor, 'listing.edit', { organisation: registration }),
  );

/** Whether a place is the actor’s to join to another of theirs: their team keeps it, or their registration told it. */
export const holdsPlace = async (context: Context, id: number): Promise<boolean> => {
  if (await keepsListing(context, { entity: 'place', id })) return true;
  const { rows } = await sql<{ registration: string }>`
    select split_part(source_ref, '/', 1) as registration from place where id = ${id} and source = ${PERSON}`.execute(
    context.db,
  );
  return rows.some(({ registration }) => can(context.actor, 'listing.edit', { organisation: registration }));
};

/** The open places that a registration told, by name. */
export const toldPlaces = async ({ db }: Context, registration: string) => {
  const { rows } = await sql<{ slug: string; name: string; insee: string }>`
    select slug, name, coalesce(insee, '') as insee from place
    where source = ${PERSON} and source_ref like ${`${registration}/lieu/%`} and state = 'open' and not confidential
    order by name, id`.execute(db);
  return rows;
};

const keepersOf = async ({ db }: Context, { entity, id }: ListingKey): Promise<string[]> => {
  const { rows } = await sql<{ registration: string }>`
    select registration::text from listing_owner where entity = ${entity} and entity_id = ${id}
    union select registration::text from listing_owner
      join placement on placement.place_id = listing_owner.entity_id and placement.service_id = ${id}
      where ${entity} = 'service' and entity = 'place'`.execute(db);
  return rows.map(({ registration }) => registration);
};

/** The listings that a registration keeps and that are still open, by name. */
export const keptListings = async ({ db }: Context, registration: string) => {
  const { rows } = await sql<{ entity: 'place' | 'service'; id: number; slug: string; name: string; insee: string }>`
    select entity, listing.id, slug, name, coalesce(insee, '') as insee from listing_owner
    join (
      select 'place' as entity, id, slug, name, insee from place where state = 'open'
      union all select 'service', id, slug, name, null from service where state = 'open'
    ) as listing using (entity)
    where listing.id = entity_id and registration = ${registration}::uuid
    order by name, listing.id`.execute(db);
  return rows;
};

/**
 * The open tours that a registration keeps, by name: those that it told, and those of an import whose service it claimed.
 * `own`: told by it, name and services included.
 */
export const keptTours = async ({ db }: Context, registration: string) => {
  const { rows } = await sql<{ id: number; name: string; own: boolean }>`
    select id, name, source = ${PERSON} and source_ref like ${`${registration}/tournee/%`} as own from tour
    where state = 'open' and (
      source = ${PERSON} and source_ref like ${`${registration}/tournee/%`}
      or exists (
        select from placement join listing_owner on entity = 'service' and entity_id = placement.service_id
        where placement.tour_id = tour.id and registration = ${registration}::uuid))
    order by name, id`.execute(db);
  return rows;
};
