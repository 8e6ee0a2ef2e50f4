import { type RawBuilder, sql } from 'kysely';
import { coversIn, parseTerritory } from '#modules/territory/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { isUuid } from '#platform/ids.ts';
import { can, type Grant, permissions } from '#platform/permissions.ts';
import type { Context } from '#platform/server/context.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { readReason } from './cases.ts';
import { scopeOf } from './located.ts';
import './tables.ts';

/** Whether the actor reads a queue somewhere. */
export const moderates = ({ actor }: PersonContext): boolean => readingGrants(actor.grants).length > 0;

/** The grants that let their holder read a queue. */
export const readingGrants = (grants: readonly Grant[]): readonly Grant[] =>
  grants.filter(({ role }) => (permissions['moderation.see'].agency as readonly string[]).includes(role));

/**
 * How many cases wait for a decision in the actor’s territories. Each page of the space says it: of a long queue, no more
 * than `atMost` are counted.
 */
export const countOpenCases = async (context: PersonContext, atMost = 1_000): Promise<number> => {
  const { count } = await context.db
    .selectFrom(openHere(context).select('id').limit(atMost).as('open'))
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return count;
};

const openHere = ({ db, actor }: PersonContext) =>
  db
    .selectFrom('moderation_case')
    .where('status', 'in', ['waiting', 'published'])
    .where(withinGrants(readingGrants(actor.grants)));

/** The rows of the territories of some grants: each kind has its column. None for no grant. */
export const withinGrants = (grants: readonly Grant[]): RawBuilder<boolean> => {
  if (grants.some(({ scope }) => scope === 'france')) return sql<boolean>`true`;
  const columns = { region: 'region', departement: 'departement', epci: 'epci', commune: 'insee' } as const;
  const conditions = grants.flatMap(({ scope }) => {
    const territory = parseTerritory(scope);
    return territory.ok ? [sql`${sql.ref(columns[territory.value.kind])} = ${territory.value.code}`] : [];
  });
  return conditions.length === 0 ? sql<boolean>`false` : sql<boolean>`(${sql.join(conditions, sql` or `)})`;
};

/** A page of the queue, the oldest first: what is not visible yet before what is. `after`: where the last page ended. */
export const openCases = async (
  context: PersonContext,
  {
    limit = 50,
    after,
  }: { readonly limit?: number; readonly after?: { readonly at: Temporal.Instant; readonly id: string } } = {},
) => {
  let query = openHere(context)
    .select(['id', 'kind', 'status', 'insee', 'created_at'])
    .select(
      sql<
        string | null
      >`coalesce(proposed ->> 'called', nullif(proposed -> 'structure' ->> 'name', ''), proposed ->> 'name')`.as(
        'name',
      ),
    )
    .orderBy('created_at')
    .orderBy('id')
    .limit(limit);
  if (after) {
    query = query.where(sql<boolean>`(created_at, id) > (${after.at}, ${after.id}::uuid)`);
  }
  return query.execute();
};

/** One case, for who may see it: a moderator or reader of its territory. Anybody else’s does not exist for them. */
export const readCase = async (context: Context, id: string) => {
  if (!isUuid(id)) return undefined;
  const row = await context.db.selectFrom('moderation_case').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) return undefined;
  const covers = coversIn(context.indexes.get(territoryIndex));
  const target = { territory: scopeOf(row) };
  if (!can(context.actor, 'moderation.see', target, covers)) return undefined;
  const reason = row.reason ? await readReason(context, row.reason) : undefined;
  return { ...row, reason, mayDecide: can(context.actor, 'proposal.decide', target, covers) };
};
