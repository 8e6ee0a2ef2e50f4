import { aboveOf, type TerritoryIndex } from '#modules/territory/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import type { Scope } from '#platform/permissions.ts';
import type { Context } from '#platform/server/context.ts';
import type { Database } from '#platform/server/database/database.ts';
import './tables.ts';

/** The territories of a commune, in the columns by which a queue is found. Nothing for a code that does not exist. */
export const locate = (
  index: TerritoryIndex,
  insee: string,
): { insee: string; epci: string | null; departement: string; region: string } | undefined => {
  const commune = index.commune(insee);
  if (!commune) return undefined;
  const whole = commune.partOf ? index.commune(commune.partOf) : undefined;
  return {
    insee: commune.code,
    epci: commune.epci ?? whole?.epci ?? null,
    departement: commune.departement,
    region: commune.region,
  };
};

/** The same for what may have no commune: then its decisions are for all of France. */
export const locateOrNowhere = ({ indexes }: Context, insee: string | null) =>
  locate(indexes.get(territoryIndex), insee ?? '') ?? { insee: null, epci: null, departement: null, region: null };

/** The territory of a row as permissions know it; France for what has no commune. */
export const scopeOf = ({ insee }: { readonly insee: string | null }): Scope => (insee ? `commune:${insee}` : 'france');

/**
 * Whether registrations of a commune are read before or after they appear: as the smallest territory that says so. After,
 * where none says: « en s’enregistrant en ligne, chacun peut […] utiliser le logo » (document 001).
 */
export const reviewOf = async (db: Database, index: TerritoryIndex, insee: string): Promise<'before' | 'after'> => {
  const commune = index.commune(insee);
  const around = [...(commune ? aboveOf(index, { kind: 'commune', code: commune.code }) : []), 'france'];
  const rows = await db
    .selectFrom('moderation_policy')
    .select(['territory', 'review'])
    .where('territory', 'in', around)
    .execute();
  const smallest = around.find((territory) => rows.some((row) => row.territory === territory));
  return rows.find(({ territory }) => territory === smallest)?.review ?? 'after';
};
