import { eventsIndex } from '#modules/agenda/server/index.ts';
import { callbackIndex } from '#modules/callback/server/index.ts';
import { offersIndex } from '#modules/directory/server/index.ts';
import { initiativesIndex } from '#modules/initiatives/server/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import type { IndexDefinition } from '#platform/server/indexes.ts';

/** Every index that the site keeps in memory. `/readyz` waits for them. */
export const indexes: readonly IndexDefinition<unknown>[] = [
  territoryIndex,
  initiativesIndex,
  offersIndex,
  eventsIndex,
  callbackIndex,
];
