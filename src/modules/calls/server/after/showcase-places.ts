import { parseTerritory } from '#modules/territory/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import type { Context } from '#platform/server/context.ts';

/** A place that a laureate may be shown at: a commune or an intercommunal body of its application, never an address. */
export interface ShowcasePlace {
  /** `commune:35238` */
  readonly scope: string;
  readonly name: string;
  readonly departements: readonly string[];
  readonly regions: readonly string[];
}

/** The places among the territories of an application, at most fifty. */
export const showcasePlaces = (
  { indexes }: Pick<Context, 'indexes'>,
  territories: readonly string[],
): readonly ShowcasePlace[] => {
  const index = indexes.get(territoryIndex);
  return territories.slice(0, 50).flatMap((scope): ShowcasePlace[] => {
    const parsed = parseTerritory(scope);
    if (!parsed.ok || (parsed.value.kind !== 'commune' && parsed.value.kind !== 'epci')) return [];
    const known = index.describe(parsed.value);
    if (!known) return [];
    const communes =
      parsed.value.kind === 'commune' ? [index.commune(parsed.value.code)] : index.communesOf(parsed.value);
    const departements = [...new Set(communes.flatMap((commune) => commune?.departement ?? []))];
    const regions = [...new Set(departements.flatMap((code) => index.departement(code)?.region ?? []))];
    return [{ scope, name: known.name, departements, regions }];
  });
};
