import { isUuid } from '#platform/ids.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { draftSchema } from '../draft.ts';
import { readSiret } from '../siret.ts';
import './tables.ts';

/**
 * The companies (SIREN → name) of the structures that parents see and that the actor is a member of. What somebody only typed,
 * in a draft, is not one: a SIREN opens no door by itself.
 */
export const sirensOf = async ({ db, actor }: PersonContext): Promise<ReadonlyMap<string, string>> => {
  const mine = actor.memberships.map(({ organisation }) => organisation).filter(isUuid);
  if (mine.length === 0) return new Map();
  const rows = await db
    .selectFrom('registration')
    .select('published')
    .where('id', 'in', mine)
    .where('status', '=', 'published')
    .execute();
  const found = rows.flatMap(({ published }) => {
    const said = published === null ? undefined : draftSchema.parse(published);
    const siret = said?.as === 'structure' ? readSiret(said.structure.siret) : undefined;
    return said && siret?.ok ? [[siret.value.slice(0, 9), said.structure.name] as const] : [];
  });
  return new Map(found);
};
