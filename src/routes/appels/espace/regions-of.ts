import type { Region } from '#modules/territory/index.ts';
import { coversIn } from '#modules/territory/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';

/** The regions that a role of the actor covers. */
export const regionsOf = ({ actor, indexes }: PersonContext): readonly Region[] => {
  const index = indexes.get(territoryIndex);
  const covers = coversIn(index);
  return index.regions.filter(({ code }) => actor.grants.some(({ scope }) => covers(scope, `region:${code}`)));
};
