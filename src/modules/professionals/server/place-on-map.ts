import type { Geocoder } from '#modules/territory/server/index.ts';
import { pointOfAddress, territoryIndex } from '#modules/territory/server/index.ts';
import { inTransaction } from '#platform/server/context.ts';
import { authorise } from '#platform/server/identity/authorise.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { type Draft, type DraftPlace, draftSchema } from '../draft.ts';

/**
 * Looks for the point of each address of a registration that has none yet, once it was kept: at its door or in its street,
 * else the commune stands for it. Who works at home and a shelter are not looked for: their address is asked nobody.
 * What the person changed meanwhile is left alone.
 */
export const placeOnMap = async (context: PersonContext, id: string, geocoder: Geocoder): Promise<void> => {
  const draft = await readDraft(context, id);
  if (!draft || draft.atHome) return;
  const found = new Map<string, NonNullable<DraftPlace['point']>>();
  for (const place of draft.places) {
    if (place.confidential || place.point || place.line === '' || place.insee === '') continue;
    const point = await pointOfAddress(geocoder, context.indexes.get(territoryIndex), place);
    if (point) found.set(addressOf(place), point);
  }
  if (found.size === 0) return;
  await inTransaction(context, async (inside) => {
    if (!(await authorise(inside, 'listing.edit', { organisation: id })).ok) return;
    await inside.db.selectFrom('registration').select('id').where('id', '=', id).forUpdate().execute();
    const now = await readDraft(inside, id);
    if (!now) return;
    const places = now.places.map((place) =>
      now.atHome || place.confidential
        ? place
        : { ...place, point: place.point ?? found.get(addressOf(place)) ?? null },
    );
    const placed: Draft = { ...now, places };
    await inside.db
      .updateTable('registration')
      .set({ draft: JSON.stringify(placed) })
      .where('id', '=', id)
      .execute();
  });
};

const readDraft = async ({ db }: PersonContext | Parameters<Parameters<typeof inTransaction>[1]>[0], id: string) => {
  const row = await db.selectFrom('registration').select('draft').where('id', '=', id).executeTakeFirst();
  return row && draftSchema.parse(row.draft);
};

const addressOf = ({ line, postcode, insee }: DraftPlace): string => JSON.stringify([line, postcode, insee]);
