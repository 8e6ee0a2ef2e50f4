import { sql } from 'kysely';
import { coversIn } from '#modules/territory/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { can } from '#platform/permissions.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { seriesSchema } from '../event.ts';
import './tables.ts';

/** Series read at once, the ones that wait first. */
const MOST = 100;

/** The series of the actor’s territories: those that wait, then the last changed. Empty for who moderates nowhere. */
export const seriesToModerate = async (context: PersonContext) => {
  const scopes = context.actor.grants.map(({ scope }) => scope);
  if (scopes.length === 0) return [];
  const codes = (kind: string): string[] =>
    scopes.flatMap((scope) => (scope.startsWith(`${kind}:`) ? [scope.slice(kind.length + 1)] : []));
  const rows = await context.db
    .selectFrom('event_series')
    .select(['id', 'slug', 'status', 'fields', 'organisation_name', 'insee', 'reason', 'changed_at'])
    .where(({ eb, or, lit }) =>
      scopes.includes('france')
        ? lit(true)
        : or([
            eb('region', 'in', ['', ...codes('region')]),
            eb('departement', 'in', ['', ...codes('departement')]),
            eb('epci', 'in', ['', ...codes('epci')]),
            eb('insee', 'in', ['', ...codes('commune')]),
          ]),
    )
    .where('status', 'in', ['waiting', 'published', 'withdrawn'])
    .orderBy(sql`status <> 'waiting'`)
    .orderBy('changed_at', 'desc')
    .limit(MOST)
    .execute();
  const covers = coversIn(context.indexes.get(territoryIndex));
  return rows
    .filter(({ insee }) => can(context.actor, 'event.moderate', { territory: `commune:${insee}` }, covers))
    .map(({ fields, ...row }) => ({ ...row, title: seriesSchema.parse(fields).title }));
};
