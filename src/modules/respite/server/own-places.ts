import { sql } from 'kysely';
import { PERSON } from '#modules/directory/index.ts';
import { timeZoneOfCommune } from '#modules/territory/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { isUuid } from '#platform/ids.ts';
import type { Context } from '#platform/server/context.ts';

/** A place of the directory that a registration keeps, open and not sheltered. */
export interface OwnPlace {
  readonly id: number;
  readonly name: string;
  readonly insee: string | null;
  /** Its own point, else the middle of its commune. */
  readonly lat: number;
  readonly lon: number;
}

/** The places that a published registration declared or claimed, by name. One that is nowhere on the map is left out. */
export const ownPlaces = async ({ db, indexes }: Context, registration: string): Promise<readonly OwnPlace[]> => {
  if (!isUuid(registration)) return [];
  const { rows } = await sql<Omit<OwnPlace, 'lat' | 'lon'> & { lat: number | null; lon: number | null }>`
    select place.id, place.name, place.insee, place.lat, place.lon from place
    where state = 'open' and not confidential
      and exists (select 1 from registration where id = ${registration}::uuid and status = 'published')
      and ((source = ${PERSON} and source_ref like ${`${registration}/%`})
        or exists (select 1 from listing_owner where entity = 'place' and entity_id = place.id
          and listing_owner.registration = ${registration}::uuid))
    order by place.name, place.id limit 50`.execute(db);
  const territories = indexes.get(territoryIndex);
  return rows.flatMap(({ lat, lon, ...place }) => {
    const point = lat === null || lon === null ? territories.commune(place.insee ?? '') : { lat, lon };
    return point ? [{ ...place, lat: point.lat, lon: point.lon }] : [];
  });
};

/** What the clock of a place says; the one of Paris where its commune is not known. */
export const nowAt = ({ clock, indexes }: Context, insee: string | null): Temporal.PlainDateTime => {
  const commune = indexes.get(territoryIndex).commune(insee ?? '');
  return clock
    .now()
    .toZonedDateTimeISO(commune ? timeZoneOfCommune(commune) : 'Europe/Paris')
    .toPlainDateTime();
};
