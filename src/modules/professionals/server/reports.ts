import { sql } from 'kysely';
import { markReport } from '#modules/directory/server/index.ts';
import { coversIn, parseTerritory, type TerritoryIndex } from '#modules/territory/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { isUuid } from '#platform/ids.ts';
import { can, type Grant, permissions, type Scope } from '#platform/permissions.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import { type Context, inTransaction } from '#platform/server/context.ts';
import { authorise } from '#platform/server/identity/authorise.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';

/** What somebody of the public said of a place or a service, as the moderators of its territory read it. */
export interface LocalReport {
  readonly id: string;
  readonly message: string;
  readonly name: string | null;
  /** Address of its page; nothing for what is missing. */
  readonly page: string | null;
  readonly createdAt: Temporal.Instant;
}

/** The most reports of one page: what was dealt with leaves the list. */
const MOST = 100;

/** The reports that wait in the actor’s territories, the oldest first. What has no commune is for those who see all of France. */
export const openReports = async (context: PersonContext): Promise<LocalReport[]> => {
  const communes = communesOf(context.indexes.get(territoryIndex), context.actor.grants);
  if (communes?.length === 0) return [];
  const { rows } = await sql<Row>`
    ${reports}
    where report.closed_at is null ${communes ? sql`and ${insee} = any(${communes}::text[])` : sql``}
    order by report.created_at, report.id limit ${MOST}`.execute(context.db);
  return rows.map(({ id, message, name, page, created_at }) => ({ id, message, name, page, createdAt: created_at }));
};

/** Says that a report was dealt with. Refuses who moderates another territory. */
export const settleReport = (context: PersonContext, id: string): Promise<Result<void>> =>
  inTransaction(context, async (inside) => {
    const found = isUuid(id) ? await readReport(inside, id) : undefined;
    if (!found) return refuse(noSuchReport);
    const covers = coversIn(inside.indexes.get(territoryIndex));
    const allowed = await authorise(inside, 'report.decide', { territory: scopeOfReport(found) }, covers);
    if (!allowed.ok) return allowed;
    await markReport(inside, id, true);
    return ok(undefined);
  });

/** Whether the actor may settle the reports that they read: a reader only reads. */
export const settlesReports = ({ actor, indexes }: PersonContext): boolean => {
  const covers = coversIn(indexes.get(territoryIndex));
  return actor.grants.some(({ scope }) => can(actor, 'report.decide', { territory: scope }, covers));
};

interface Row {
  readonly id: string;
  readonly message: string;
  readonly name: string | null;
  readonly page: string | null;
  readonly insee: string | null;
  readonly created_at: Temporal.Instant;
}

/** The commune of what a report is about: of the place, else of the first place where the service is given. */
const insee = sql`coalesce(place.insee, (
  select offer.insee from offer where offer.service_id = service.id and offer.insee is not null order by offer.id limit 1))`;

const reports = sql`
  select report.id, report.message, report.created_at, coalesce(place.name, service.name) as name,
    coalesce('/lieux/' || place.slug, '/services/' || service.slug) as page, ${insee} as insee
  from directory_report as report
  left join place on report.subject = 'place' and place.id = report.subject_id
  left join service on report.subject = 'service' and service.id = report.subject_id`;

const readReport = async ({ db }: Context, id: string): Promise<Row | undefined> =>
  (await sql<Row>`${reports} where report.id = ${id}::uuid`.execute(db)).rows[0];

const scopeOfReport = (row: Row): Scope => (row.insee ? `commune:${row.insee}` : 'france');

/** The communes of some grants, arrondissements included; nothing for all of France. */
const communesOf = (index: TerritoryIndex, grants: readonly Grant[]): readonly string[] | undefined => {
  const reading: readonly string[] = permissions['moderation.see'].agency;
  const mine = grants.filter(({ role }) => reading.includes(role));
  if (mine.some(({ scope }) => scope === 'france')) return undefined;
  return mine.flatMap(({ scope }) => {
    const territory = parseTerritory(scope);
    if (!territory.ok) return [];
    const whole = index.communesOf(territory.value);
    return whole.flatMap(({ code }) => [code, ...index.arrondissementsOf(code).map((part) => part.code)]);
  });
};

const noSuchReport: Refusal = { code: 'no_such_report', message: 'Ce signalement n’existe pas, ou plus.' };
