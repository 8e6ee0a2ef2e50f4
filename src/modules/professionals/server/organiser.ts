import { territoryIndex } from '#modules/territory/server/index.ts';
import { isUuid } from '#platform/ids.ts';
import type { Context } from '#platform/server/context.ts';
import { draftSchema } from '../draft.ts';
import { reviewOf } from './located.ts';
import './tables.ts';

/** An organisation that may publish something of its own beside its page: a rendez-vous, a place. */
export interface Organiser {
  readonly id: string;
  readonly name: string;
  readonly insee: string;
  readonly epci: string | null;
  readonly departement: string;
  readonly region: string;
  /** Whether its territory reads what it publishes before or after it appears. */
  readonly review: 'before' | 'after';
}

/** The organisation of a registration that parents see. Nothing for one that is not published, or not any more. */
export const organiserOf = async ({ db, indexes }: Context, id: string): Promise<Organiser | undefined> => {
  if (!isUuid(id)) return undefined;
  const row = await db
    .selectFrom('registration')
    .select(['id', 'published', 'insee', 'epci', 'departement', 'region'])
    .where('id', '=', id)
    .where('status', '=', 'published')
    .executeTakeFirst();
  if (!row?.published || !row.insee || !row.departement || !row.region) return undefined;
  const said = draftSchema.parse(row.published);
  return {
    ...{ id: row.id, name: (said.as === 'structure' ? said.structure.name : said.name) || 'Un organisme' },
    ...{ insee: row.insee, epci: row.epci, departement: row.departement, region: row.region },
    review: await reviewOf(db, indexes.get(territoryIndex), row.insee),
  };
};
