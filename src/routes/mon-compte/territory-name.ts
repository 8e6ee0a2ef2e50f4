import { parseTerritory } from '#modules/territory/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import type { Scope } from '#platform/permissions.ts';
import type { Context } from '#platform/server/context.ts';

/** A scope as one says it: « Bretagne ». One that the map does not know stays a code. */
export const territoryName = ({ indexes }: Context, scope: Scope): string => {
  if (scope === 'france') return 'toute la France';
  const territory = parseTerritory(scope);
  return (territory.ok ? indexes.get(territoryIndex).describe(territory.value)?.name : undefined) ?? scope;
};
