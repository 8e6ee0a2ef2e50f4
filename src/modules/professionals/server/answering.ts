import { aboveOf, coversIn, parseTerritory } from '#modules/territory/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { agencyKinds, type Grant, permissions, type Scope } from '#platform/permissions.ts';
import type { Context } from '#platform/server/context.ts';
import { agencyName } from '../agency-name.ts';
import './tables.ts';

/** An organisation that answers what people report in a commune, by its name, and those who decide for it. */
export interface Answering extends Pick<Grant, 'agency' | 'scope'> {
  readonly name: string;
  readonly emails: readonly string[];
}

/**
 * Which organisation answers for a commune: the most local one that has somebody to decide there. Nothing while nobody
 * was entrusted with that territory.
 */
export const answeringIn = async (context: Context, insee: string): Promise<Answering | undefined> => {
  const deciders: readonly string[] = permissions['report.decide'].agency;
  const grants = await context.db
    .selectFrom('agency_grant')
    .innerJoin('account', 'account.id', 'agency_grant.account')
    .select(['agency', 'role', 'scope', 'account.email'])
    .orderBy('agency_grant.granted_at')
    .orderBy('agency_grant.id')
    .execute();
  const [first] = mostLocal(
    context,
    insee,
    grants.filter(({ role }) => deciders.includes(role)),
  );
  if (!first) return undefined;
  const { agency, scope } = first;
  const colleagues = grants.filter(
    (one) => one.agency === agency && one.scope === scope && deciders.includes(one.role) && one.email !== null,
  );
  return { agency, scope, name: nameOf(context, first), emails: colleagues.flatMap(({ email }) => email ?? []) };
};

/** In whose name somebody who decides answers for a commune: of their organisations, the most local. */
export const answersAs = (context: Context, insee: string, grants: readonly Grant[]): string | undefined => {
  const [first] = mostLocal(context, insee, grants);
  return first && nameOf(context, first);
};

/** The grants that hold a commune, the most local first; of two as local, the agency named first in `agencyKinds`. */
const mostLocal = <G extends Pick<Grant, 'agency' | 'scope'>>(
  { indexes }: Context,
  insee: string,
  grants: readonly G[],
): G[] => {
  const index = indexes.get(territoryIndex);
  const covers = coversIn(index);
  const commune = parseTerritory(`commune:${insee}`);
  const above: readonly string[] = [...(commune.ok ? aboveOf(index, commune.value) : []), 'france'];
  return grants
    .filter(({ scope }) => covers(scope, `commune:${insee}` as Scope))
    .toSorted(
      (one, other) =>
        above.indexOf(one.scope) - above.indexOf(other.scope) ||
        agencyKinds.indexOf(one.agency) - agencyKinds.indexOf(other.agency),
    );
};

const nameOf = ({ indexes }: Context, { agency, scope }: Pick<Grant, 'agency' | 'scope'>): string => {
  const territory = parseTerritory(scope);
  const known = territory.ok ? indexes.get(territoryIndex).describe(territory.value) : undefined;
  return agencyName(agency, { kind: territory.ok ? territory.value.kind : 'france', name: known?.name ?? '' });
};
