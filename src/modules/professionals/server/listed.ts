import { sql } from 'kysely';
import { kinds, labelOf } from '#modules/directory/index.ts';
import type { Territory, TerritoryIndex } from '#modules/territory/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { isUuid } from '#platform/ids.ts';
import type { Context } from '#platform/server/context.ts';
import { draftSchema } from '../draft.ts';
import { professionWords } from '../listing.ts';
import { sameName } from '../same-name.ts';
import './tables.ts';

/** A professional or a structure whose registration is published, as other professionals know them. */
export interface Listed {
  readonly id: string;
  readonly name: string;
  /** The profession; of a structure, what it is. */
  readonly what: string;
  /** INSEE code; nothing where an address is confidential. */
  readonly insee: string | null;
  readonly contributions: readonly { readonly priority: number; readonly words: string }[];
}

/** The published ones among some registrations. */
export const listedOf = async ({ db }: Pick<Context, 'db'>, ids: readonly string[]): Promise<Listed[]> => {
  const known = ids.filter(isUuid);
  if (known.length === 0) return [];
  const { rows } = await sql<Row>`
    select id, insee, published from registration
    where status = 'published' and id = any(${known}::uuid[]) order by id`.execute(db);
  return rows.map(listed);
};

/** The structure of a SIREN that is registered and published, if it is not kept from being found; the first one of several. */
export const listedOfSiren = async ({ db }: Pick<Context, 'db'>, siren: string): Promise<Listed | undefined> => {
  if (!/^\d{9}$/.test(siren)) return undefined;
  const { rows } = await sql<Row>`
    select id, insee, published from registration
    where status = 'published' and published::jsonb ->> 'as' = 'structure' and not ${confidential}
      and regexp_replace(published::jsonb #>> '{structure,siret}', '\\D', '', 'g') like ${`${siren}%`}
    order by id limit 1`.execute(db);
  return rows[0] && listed(rows[0]);
};

/** Structures that bear one name, shown at once. */
const NAMESAKES = 5;

/**
 * The structures of some départements that are registered and published under a name, or nearly: see `sameName`. Whether
 * they are the one that is meant is for people to say. Those that are kept from being found are left out.
 */
export const listedNamed = async (
  { db }: Pick<Context, 'db'>,
  departements: readonly string[],
  name: string,
): Promise<readonly Listed[]> => {
  if (departements.length === 0) return [];
  const { rows } = await sql<{ id: string; name: string }>`
    select id, published::jsonb #>> '{structure,name}' as name from registration
    where status = 'published' and departement = any(${[...departements]}::text[])
      and published::jsonb ->> 'as' = 'structure' and not ${confidential}
    order by id`.execute(db);
  return listedOf(
    { db },
    rows
      .filter((row) => sameName(row.name, name))
      .slice(0, NAMESAKES)
      .map(({ id }) => id),
  );
};

/** Registrations shown of a territory at once. */
export const LISTED_AT_ONCE = 50;

/**
 * Who is registered in a territory, the last changed first. `priority`: those who say that they contribute to it. Nobody
 * with a confidential address is told by territory. `page` counts from 1.
 */
export const listedIn = async (
  context: Context,
  territory: Territory,
  { priority, page = 1 }: { readonly priority?: number | undefined; readonly page?: number },
): Promise<{ readonly total: number; readonly listed: readonly Listed[] }> => {
  const contributes =
    priority === undefined
      ? sql`true`
      : sql`published::jsonb -> 'contributions' @> ${JSON.stringify([{ priority }])}::jsonb`;
  const { rows } = await sql<Row & { total: number }>`
    select id, insee, published, count(*) over () as total from registration
    where status = 'published' and ${inside(context.indexes.get(territoryIndex), territory)}
      and ${contributes} and not ${confidential}
    order by changed_at desc, id
    limit ${LISTED_AT_ONCE} offset ${LISTED_AT_ONCE * (page - 1)}`.execute(context.db);
  return { total: rows[0]?.total ?? 0, listed: rows.map(listed) };
};

/** Days during which somebody is new. */
export const ARRIVAL_DAYS = 90;

/** Who appeared in a territory lately, the last first: a first version that was published, and still is. */
export const arrivalsIn = async (
  context: Context,
  territory: Territory,
  limit = 8,
): Promise<readonly (Listed & { readonly since: Temporal.Instant })[]> => {
  const after = context.clock.now().subtract({ hours: ARRIVAL_DAYS * 24 });
  const { rows } = await sql<Row & { since: Temporal.Instant }>`
    select registration.id, registration.insee, registration.published, first.since
    from (
      select registration, min(created_at) as since from moderation_case
      where kind = 'registration' and status in ('published', 'accepted') and before::text = '{}'
        and created_at > ${after} and ${inside(context.indexes.get(territoryIndex), territory)}
      group by registration
    ) as first
    join registration on registration.id = first.registration
    where registration.status = 'published' and not ${confidential}
    order by first.since desc, registration.id limit ${limit}`.execute(context.db);
  return rows.map((row) => ({ ...listed(row), since: row.since }));
};

interface Row {
  readonly id: string;
  readonly insee: string | null;
  readonly published: unknown;
}

const listed = ({ id, insee, published }: Row): Listed => {
  const draft = draftSchema.parse(published);
  const structure = draft.as === 'structure';
  return {
    id,
    name: structure ? draft.structure.name : draft.name,
    what: structure
      ? draft.structure.kind
        ? labelOf(kinds, draft.structure.kind)
        : 'Structure'
      : professionWords(draft),
    insee: draft.places.some((place) => place.confidential) ? null : insee,
    contributions: draft.contributions,
  };
};

const confidential = sql`(published::jsonb -> 'places' @> '[{"confidential": true}]'::jsonb)`;

/** The rows of a territory, by their columns; the département besides, by which an index finds them. */
const inside = (index: TerritoryIndex, territory: Territory) => {
  const { kind, code } = territory;
  if (kind === 'departement') return sql`departement = ${code}`;
  if (kind === 'region') return sql`departement = any(${departements(index, territory)}::text[])`;
  const codes =
    kind === 'commune' ? [code, ...index.arrondissementsOf(code).map((part) => part.code as string)] : [code];
  const column = kind === 'commune' ? 'insee' : 'epci';
  return sql`departement = any(${departements(index, territory)}::text[]) and ${sql.ref(column)} = any(${codes}::text[])`;
};

const departements = (index: TerritoryIndex, territory: Territory): string[] => [
  ...new Set(index.communesOf(territory).map(({ departement }): string => departement)),
];
