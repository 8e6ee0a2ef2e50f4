import { sql } from 'kysely';
import { PERSON } from '#modules/directory/index.ts';
import { isUuid } from '#platform/ids.ts';
import type { Context } from '#platform/server/context.ts';
import { isHouse } from './house-kind.ts';

/** A page of the directory that a registration keeps and where it may receive: a place, or a service that travels. */
export interface OwnListing {
  /** `place/12`, `service/7`: as a form sends it. */
  readonly key: string;
  readonly entity: 'place' | 'service';
  readonly id: number;
  readonly slug: string;
  readonly name: string;
  /** Of a service that travels: where it stops, or the first commune that it serves. */
  readonly insee: string | null;
  /** Whether it is a Maison by its kind, or by that of what is given there. */
  readonly isHouse: boolean;
}

/** The open places, not sheltered, and the tours that a published registration told or claimed: the Maisons first. */
export const ownListings = async ({ db }: Context, registration: string): Promise<readonly OwnListing[]> => {
  if (!isUuid(registration)) return [];
  const kept = (entity: string, table: string) => sql`
    ((${sql.ref(`${table}.source`)} = ${PERSON} and ${sql.ref(`${table}.source_ref`)} like ${`${registration}/%`})
      or exists (select 1 from listing_owner where entity = ${entity} and entity_id = ${sql.ref(`${table}.id`)}
        and listing_owner.registration = ${registration}::uuid))`;
  const { rows } = await sql<Omit<OwnListing, 'key'>>`
    select * from (
      select 'place' as entity, place.id, place.slug, place.name, place.insee,
        ${isHouse('place')} or exists (
          select 1 from placement join service on service.id = placement.service_id
          where placement.place_id = place.id and ${isHouse('service')}) as "isHouse"
      from place where state = 'open' and not confidential and ${kept('place', 'place')}
      union all
      select 'service', service.id, service.slug, service.name,
        (select tour_stop.insee from placement join tour_stop on tour_stop.tour_id = placement.tour_id
          where placement.service_id = service.id and tour_stop.insee is not null order by tour_stop.position limit 1),
        ${isHouse('service')}
      from service where state = 'open' and ${kept('service', 'service')}
        and exists (select 1 from placement where service_id = service.id and tour_id is not null)
    ) as listing
    where exists (select 1 from registration where id = ${registration}::uuid and status = 'published')
    order by "isHouse" desc, name, entity, id limit 50`.execute(db);
  return rows.map((row) => ({ ...row, key: `${row.entity}/${row.id}` }));
};
