import { sql } from 'kysely';
import { communeAsked, timeZoneOfCommune } from '#modules/territory/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import type { Context } from '#platform/server/context.ts';
import type { FormPlace } from '../series-form.ts';
import { stopsOf } from './stop-dates.ts';

/** The places of an organisation in the directory, to choose from. */
export const placesOf = async ({ db }: Context, organisation: string) =>
  db
    .selectFrom('place')
    .select(['slug', 'name', 'line', 'insee', 'lat', 'lon', 'precision'])
    .where(sql<boolean>`split_part(source_ref, '/', 1) = ${organisation}`)
    .where('state', '=', 'open')
    .where('confidential', '=', false)
    .orderBy('id')
    .limit(20)
    .execute();

/** The place that a form says: a stop or a place of the organisation, else the middle of a commune. */
export const placeAsked = async (
  context: Context,
  form: FormData,
  organisation: string,
): Promise<FormPlace | undefined> => {
  const slug = String(form.get('place') ?? '');
  const stop = (await stopsOf(context, organisation)).find(({ value }) => value === slug);
  if (stop) return stop.place;
  if (slug !== '') {
    const chosen = (await placesOf(context, organisation)).find((place) => place.slug === slug);
    const point = chosen?.insee ? pointOf(context, chosen.insee) : undefined;
    if (chosen && point) {
      const exact = chosen.lat !== null && chosen.lon !== null && chosen.precision !== 'commune';
      return {
        ...point,
        ...(chosen.lat === null || chosen.lon === null ? {} : { lat: chosen.lat, lon: chosen.lon }),
        ...{ exact, place_page: `/lieux/${chosen.slug}`, name: chosen.name, line: chosen.line ?? '' },
      };
    }
  }
  const territories = context.indexes.get(territoryIndex);
  const asked = communeAsked(
    territories,
    String(form.get('commune') ?? '')
      .trim()
      .slice(0, 100),
    String(form.get('code') ?? ''),
  );
  return asked.state === 'found' ? pointOf(context, asked.commune.code) : undefined;
};

/** The middle of a commune, until the place itself is on the map. */
export const pointOf = ({ indexes }: Context, insee: string): FormPlace | undefined => {
  const commune = indexes.get(territoryIndex).commune(insee);
  return commune && { insee: commune.code, lat: commune.lat, lon: commune.lon, exact: false, place_page: null };
};

/** Whose territory a commune is, and its clock. */
export const locatedAt = ({ indexes }: Context, insee: string) => {
  const territories = indexes.get(territoryIndex);
  const commune = territories.commune(insee);
  if (!commune) return undefined;
  const whole = commune.partOf ? territories.commune(commune.partOf) : undefined;
  return {
    ...{ insee: commune.code, epci: commune.epci ?? whole?.epci ?? null, departement: commune.departement },
    ...{ region: commune.region, time_zone: timeZoneOfCommune(commune) },
  };
};
