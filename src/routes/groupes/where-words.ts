import { parseTerritory } from '#modules/territory/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import type { Context } from '#platform/server/context.ts';

/** « à Rennes », « à Rennes Métropole », « en Ille-et-Vilaine »; nothing for what is not on the map. */
export const whereWords = ({ indexes }: Context, scope: string): string => {
  const territory = parseTerritory(scope);
  return (territory.ok && indexes.get(territoryIndex).describe(territory.value)?.locative) || '';
};
