import { type RawBuilder, sql } from 'kysely';
import { timeZoneOfCommune } from '#modules/territory/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import type { Context } from '#platform/server/context.ts';
import type { Database } from '#platform/server/database/database.ts';
import type { CommuneFacts } from '../offer.ts';
import { type OfferRow, type PublicOffer, publicOffer } from '../open-data/public-offer.ts';

/** Offers fetched at a time: a few milliseconds of work, so that the process answers requests in between. */
const BATCH = 100;

/**
 * One row for each thing of a kind, with the offer that stands for it: `offer` all of them, service by service;
 * `structure` and `spot` (place or stop) and `organisation` once each, by their first offer. Order is always the same.
 */
export type Grain = 'offer' | 'structure' | 'spot' | 'organisation';

export interface ReadOffer {
  readonly offer: PublicOffer;
  /** Names of the services of a structure, at most twenty; empty for the other grains. */
  readonly services: readonly string[];
}

/**
 * Reads all that may be published, as one stream and one image of the base: to be called in a transaction that reads at
 * one moment (`repeatable read`), one at a time. A hundred rows are in memory at once.
 */
export async function* readPublicOffers(
  tx: Database,
  indexes: Context['indexes'],
  grain: Grain,
): AsyncGenerator<ReadOffer[]> {
  const territories = indexes.get(territoryIndex);
  const communeOf = (row: OfferRow): CommuneFacts | undefined => {
    const commune = territories.commune(row.stop?.insee ?? row.place?.insee ?? '');
    return (
      commune && {
        ...{ code: commune.code, name: commune.name, departement: commune.departement },
        ...{ lat: commune.lat, lon: commune.lon, timeZone: timeZoneOfCommune(commune) },
      }
    );
  };
  await sql`declare exported no scroll cursor for ${query(grain)}`.execute(tx);
  try {
    for (;;) {
      const { rows } = await sql<OfferRow & { services: string[] | null }>`
        fetch forward ${sql.lit(BATCH)} from exported`.execute(tx);
      if (rows.length === 0) return;
      yield rows.map((row) => ({ offer: publicOffer(row, communeOf(row)), services: row.services ?? [] }));
    }
  } finally {
    await sql`close exported`.execute(tx);
  }
}

const query = (grain: Grain): RawBuilder<unknown> => sql`
  with home as (
    select distinct placement.place_id, coalesce(service.organisation_id, place.organisation_id) as organisation_id
    from placement
    join service on service.id = placement.service_id
    join professional on professional.id = service.professional_id and professional.at_home
    left join place on place.id = placement.place_id
  ), sheltered as (
    select organisation_id from place where confidential and organisation_id is not null
    union
    select service.organisation_id from placement
    join place on place.id = placement.place_id and place.confidential
    join service on service.id = placement.service_id
    where service.organisation_id is not null
  ), live as (
    select offer.id, offer.service_id, offer.stop_id, place.id as place_id, organisation.id as organisation_id,
      coalesce(place.id, organisation.id, offer.tour_id, offer.service_id) as structure_id
    from offer
    join service on service.id = offer.service_id
    left join place on place.id = offer.place_id and not place.confidential
    left join place as any_place on any_place.id = offer.place_id
    left join tour on tour.id = offer.tour_id
    left join organisation on organisation.id =
      coalesce(service.organisation_id, any_place.organisation_id, tour.organisation_id)
    where not offer.gone
  ), chosen as (${chosen[grain]})
  select offer.id, offer.areas, placement.hours as placement_hours, chosen.services,
    row_to_json(service) as service, row_to_json(place) as place, row_to_json(tour_stop) as stop,
    row_to_json(tour) as tour, row_to_json(organisation) as organisation,
    exists (select from home where home.place_id = place.id) as at_home,
    exists (select from sheltered where sheltered.organisation_id = organisation.id) as sheltered,
    exists (select from home where home.organisation_id = organisation.id) as home_based
  from chosen
  join offer on offer.id = chosen.offer_id
  join service on service.id = offer.service_id
  left join placement on placement.id = offer.placement_id
  left join place on place.id = offer.place_id
  left join tour on tour.id = offer.tour_id
  left join tour_stop on tour_stop.id = offer.stop_id
  left join organisation on organisation.id =
    coalesce(service.organisation_id, place.organisation_id, tour.organisation_id)
  order by chosen.key, offer.id`;

const chosen: Readonly<Record<Grain, RawBuilder<unknown>>> = {
  offer: sql`select id as offer_id, service_id as key, null::text[] as services from live`,
  structure: sql`
    select min(live.id) as offer_id, live.structure_id as key,
      (array_agg(distinct service.name order by service.name))[:20] as services
    from live join service on service.id = live.service_id group by live.structure_id`,
  spot: sql`
    select min(id) as offer_id, coalesce(stop_id, place_id) as key, null::text[] as services
    from live where stop_id is not null or place_id is not null group by 2`,
  organisation: sql`
    select min(id) as offer_id, organisation_id as key, null::text[] as services
    from live where organisation_id is not null group by 2`,
};
