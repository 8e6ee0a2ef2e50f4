import { sql } from 'kysely';
import { houseKinds } from '../house.ts';

/** SQL: `looksLikeHouse` of a row of `place` or `service`. */
export const isHouse = (table: 'place' | 'service') => sql<boolean>`(
  ${sql.ref(`${table}.kind`)} = any(${houseKinds}::text[])
  or (${sql.ref(`${table}.kind`)} = 'itinerant' and ${sql.ref(`${table}.name`)} ilike 'maison %'))`;
