import { type Meant, territoriesMeant } from '#modules/territory/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { isScope, type Scope } from '#platform/permissions.ts';
import type { Refusal } from '#platform/result.ts';
import type { Context } from '#platform/server/context.ts';
import { textOf } from './refused.ts';

/** What the fields of `TerritoryField` say: one territory, or why none, with those among which to choose. */
type TerritoryTyped =
  | { readonly scope: Scope }
  | { readonly scope: undefined; readonly refusal: Refusal; readonly choices: readonly Meant[] };

/**
 * The territory that somebody named, or chose among those of that name. `isFit` tells « Paris » from « Paris »; where nothing
 * of that name fits, the command that follows says why.
 */
export const territoryTyped = (
  { indexes }: Context,
  form: FormData,
  isFit: (scope: Scope) => boolean,
): TerritoryTyped => {
  const index = indexes.get(territoryIndex);
  const typed = textOf(form, 'scope').trim().slice(0, 100);
  const fitting = territoriesMeant(index, typed, (scope) => isScope(scope) && isFit(scope));
  const meant = fitting.length > 0 ? fitting : territoriesMeant(index, typed);
  const chosen = meant.find(({ scope }) => scope === textOf(form, 'territory'));
  const scope = (chosen ?? (meant.length === 1 ? meant[0] : undefined))?.scope;
  if (scope !== undefined && isScope(scope)) return { scope };
  return { scope: undefined, refusal: meant.length === 0 ? unknownTerritory : severalTerritories, choices: meant };
};

/** A scope as it is typed in that field. */
export const territoryLabel = ({ indexes }: Context, scope: Scope | undefined): string =>
  scope === undefined ? '' : (territoriesMeant(indexes.get(territoryIndex), scope)[0]?.label ?? scope);

const unknownTerritory: Refusal = {
  code: 'unknown_territory',
  field: 'scope',
  message: 'Aucun territoire de ce nom. Vérifiez l’orthographe, ou écrivez seulement le début.',
};
const severalTerritories: Refusal = {
  code: 'several_territories',
  field: 'scope',
  message: 'Plusieurs territoires peuvent porter ce nom\u00a0: choisissez ci-dessous.',
};
