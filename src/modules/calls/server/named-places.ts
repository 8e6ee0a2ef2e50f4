import { territoryIndex } from '#modules/territory/server/index.ts';
import { isScope, type Scope } from '#platform/permissions.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import type { Context } from '#platform/server/context.ts';
import { labelOfTerritory, readTerritoryNames } from '../application/territories-named.ts';

/**
 * The territories that somebody named, one a line, each in one of `within`: by name, by name and département, or by code.
 * Refuses, under `field`, a name of several places, of elsewhere or of nowhere, with what it may mean.
 */
export const placesNamed = (
  { indexes }: Pick<Context, 'indexes'>,
  within: readonly Scope[],
  typed: string,
  field: string,
): Result<readonly Scope[]> => {
  const lines = typed
    .split(/[\n;]/)
    .map((line) => line.trim())
    .filter(Boolean)
    .slice(0, MOST);
  const index = indexes.get(territoryIndex);
  const everywhere = within.map((scope) => readTerritoryNames(index, scope, lines));
  const scopes: Scope[] = [];
  for (const [at, line] of lines.entries()) {
    const reads = everywhere.flatMap((read) => read[at] ?? []);
    const found = reads.flatMap((read) => (read.state === 'found' ? [read.territory] : []));
    const near = reads.flatMap((read) => (read.state === 'several' ? read.choices : []));
    const meant = new Map((found.length > 0 ? found : near).map((one) => [one.scope, one.label]));
    const [only] = meant.keys();
    if (found.length > 0 && meant.size === 1 && only !== undefined && isScope(only)) scopes.push(only);
    else if (meant.size > 0) return refuse({ ...several(line, [...meant.values()]), field });
    else return refuse({ ...(reads.some(({ state }) => state === 'outside') ? outside : unknown)(line), field });
  }
  return ok([...new Set(scopes)]);
};

/** Territories as their field shows them, one a line: `placesNamed` reads them again. */
export const namesOfPlaces = ({ indexes }: Pick<Context, 'indexes'>, scopes: readonly Scope[]): string =>
  scopes.map((scope) => labelOfTerritory(indexes.get(territoryIndex), scope)).join('\n');

/** More territories than any call targets: beyond, nobody typed them. */
const MOST = 2_000;

const several = (line: string, labels: readonly string[]): Refusal => ({
  code: 'territory_several',
  message: `« ${line} » peut être : ${labels.slice(0, 6).join(' ; ')}. Écrivez le nom entier.`,
});
const outside = (line: string): Refusal => ({
  code: 'territory_outside',
  message: `« ${line} » n’est pas dans ce territoire.`,
});
const unknown = (line: string): Refusal => ({
  code: 'territory_unknown',
  message: `Aucun territoire ne s’appelle « ${line} ». Écrivez le nom d’une commune, d’une intercommunalité ou d’un département, ou son code Insee.`,
});
