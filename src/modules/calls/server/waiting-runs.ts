import { sql } from 'kysely';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import type { CallState } from '../call.ts';
import type { RunFact } from '../waiting.ts';
import { approvesFor, ownCalls, placeOf, roleFor, zoneOf } from './call-view.ts';
import { fileAccess } from './selection/file-access.ts';
import './after/tables.ts';
import './selection/decision-tables.ts';
import './tables.ts';

/** Calls looked at, the last changed first: those of a cover page. */
const MOST = 40;

/** The calls that the actor runs, or was invited to write, with what waits there. */
export const runFacts = async (context: PersonContext): Promise<RunFact[]> => {
  const living = (await ownCalls(context)).filter(({ call }) => !['cancelled', 'finished'].includes(call.status));
  const some = living.slice(0, MOST);
  const ids = some.map(({ id }) => id);
  const seen = await Promise.all(
    some.map(async ({ id, call }) => ({
      id,
      role: await roleFor(context, id, call),
      ...(await opened(context, id, call)),
    })),
  );
  const recused = seen.flatMap((one) => one.recused);
  const readable = seen.filter(({ interests }) => interests === 'declared').map(({ id }) => id);
  const [counts, reports, decisions, sessions, remarks] = await Promise.all([
    countsOf(context, readable, recused),
    receivedReports(context, readable, recused),
    unsignedDecisions(context, readable, recused),
    sessionsOf(context, ids),
    openRemarks(context, ids),
  ]);
  return some.map(({ id, call, title }) => {
    const mine = seen.find((one) => one.id === id);
    const agencies = approvesFor(context, call);
    const { toInstruct = 0, letters = 0, late = 0 } = counts.get(id) ?? {};
    return {
      ...{ ...placeIn(context, call), call: id, title, state: call, role: mine?.role ?? 'other' },
      ...{ interests: mine?.interests ?? 'none', toInstruct, letters, late, remarks: remarks.get(id) ?? 0 },
      reports: reports.get(id) ?? 0,
      toApprove: agencies.filter((agency) => !call.approvals.includes(agency)).length,
      toSign: (decisions.get(id) ?? []).filter((signed) => agencies.some((agency) => !signed.includes(agency))).length,
      sessions: mine?.interests === 'declared' ? (sessions.get(id) ?? []) : [],
    };
  });
};

/** Where somebody stands before the files of a call; interests are asked once some are deposited. */
const opened = async (
  context: PersonContext,
  id: string,
  { status }: CallState,
): Promise<{ readonly interests: RunFact['interests']; readonly recused: readonly string[] }> => {
  if (status === 'drafting' || status === 'submitted') return { interests: 'none', recused: [] };
  const access = await fileAccess(context, id);
  if (access.open) return { interests: 'declared', recused: [...access.recused] };
  if (access.because === 'stranger' || !(await hasDeposits(context, id))) return { interests: 'none', recused: [] };
  return { interests: access.because === 'later' ? 'later' : 'todo', recused: [] };
};

const hasDeposits = async ({ db }: PersonContext, call: string): Promise<boolean> =>
  (await db
    .selectFrom('call_application')
    .select('id')
    .where('call', '=', call)
    .where('deposited_at', 'is not', null)
    .limit(1)
    .executeTakeFirst()) !== undefined;

const countsOf = async ({ db, clock }: PersonContext, calls: readonly string[], recused: readonly string[]) => {
  const { rows } = await sql<{ call: string; toInstruct: number; letters: number; late: number }>`
    select call, count(*) filter (where kind = 'full' and status = 'deposited')::integer as "toInstruct",
      count(*) filter (where kind = 'intent' and status = 'deposited')::integer as letters,
      count(*) filter (where status = 'incomplete' and (state->'completion'->>'due')::timestamptz < ${clock.now()})::integer as late
    from call_application
    where call = any(${[...calls]}::uuid[]) and deposited_at is not null and not id = any(${[...recused]}::uuid[])
    group by call`.execute(db);
  return new Map(rows.map((row) => [row.call, row]));
};

const receivedReports = async ({ db }: PersonContext, calls: readonly string[], recused: readonly string[]) => {
  const { rows } = await sql<{ call: string; reports: number }>`
    select call, count(*)::integer as reports
    from call_agreement cross join jsonb_array_elements(state->'reports') as report
    where call = any(${[...calls]}::uuid[]) and report->>'status' in ('received', 'complete')
      and not application = any(${[...recused]}::uuid[])
    group by call`.execute(db);
  return new Map(rows.map(({ call, reports }) => [call, reports]));
};

/** Of each decision that not everybody signed: who did. */
const unsignedDecisions = async ({ db }: PersonContext, calls: readonly string[], recused: readonly string[]) => {
  const { rows } = await sql<{ call: string; signed: string[] }>`
    select call, state->'signatures' as signed from call_decision
    where call = any(${[...calls]}::uuid[]) and status = 'written' and not signed
      and not application = any(${[...recused]}::uuid[])`.execute(db);
  return new Map(
    [...Map.groupBy(rows, ({ call }) => call)].map(([call, some]) => [call, some.map(({ signed }) => signed)]),
  );
};

/** The sessions of some calls whose minutes are not signed yet. */
export const sessionsOf = async ({ db }: PersonContext, calls: readonly string[]) => {
  if (calls.length === 0) return new Map<string, RunFact['sessions']>();
  const rows = await db
    .selectFrom('call_session')
    .select(['id', 'call', 'status', 'at'])
    .where('call', 'in', [...calls])
    .where('status', 'in', ['convened', 'opened', 'closed'])
    .orderBy('at')
    .orderBy('id')
    .execute();
  const told = rows.flatMap(({ id, call, status, at }) =>
    status === 'convened' || status === 'opened' || status === 'closed'
      ? [{ id, call, status, at: at.toString() }]
      : [],
  );
  return new Map([...Map.groupBy(told, ({ call }) => call)]);
};

const openRemarks = async ({ db }: PersonContext, calls: readonly string[]): Promise<ReadonlyMap<string, number>> => {
  if (calls.length === 0) return new Map();
  const rows = await db
    .selectFrom('call_remark')
    .select(['call', ({ fn }) => fn.countAll<number>().as('remarks')])
    .where('call', 'in', [...calls])
    .where('settled_at', 'is', null)
    .groupBy('call')
    .execute();
  return new Map(rows.map(({ call, remarks }) => [call, remarks]));
};

/** Where a call is, as a line says it. */
export const placeIn = (context: PersonContext, { calendar, territory }: CallState) => ({
  zone: calendar?.zone ?? zoneOf(context, territory),
  place: placeOf(context, territory).locative,
});
