import type { PersonContext } from '#platform/server/identity/require-person.ts';
import type { MessageWaits } from '../after/laureates-message.ts';
import type { CallRole, CallState } from '../call.ts';
import type { RunCounts } from '../run-tasks.ts';
import { isSettled, type JuryState, noJury } from '../selection/jury.ts';
import { type Interests, type RunFact, waitsForInterests } from '../waiting.ts';
import { messageWaits } from './after/ministry.ts';
import { agencyRole, approvesFor, placeOf, zoneOf } from './call-view.ts';
import type { accessesTo } from './selection/file-access.ts';
import { groupsOf } from './selection/jury.ts';
import { fileCounts, unsignedDecisions, untoldToMinistry, waitingAppeals } from './waiting-counts.ts';
import './selection/decision-tables.ts';
import './selection/tables.ts';
import './tables.ts';

/** A call of the actor’s, as `ownCalls` gives it. */
interface OwnCall {
  readonly id: string;
  readonly call: CallState;
  readonly title: string;
}

/** What is open to the actor of several calls. */
export type Accesses = Awaited<ReturnType<typeof accessesTo>>;

/** The calls that the actor runs, or was invited to write, with what waits there. A question asked once for all of them. */
export const runFacts = async (
  context: PersonContext,
  calls: readonly OwnCall[],
  accesses: Accesses,
  found: ReadonlyMap<string, number>,
): Promise<RunFact[]> => {
  const ids = calls.map(({ id }) => id);
  const opened = (id: string) => accesses.get(id)?.access;
  const readable = ids.filter((id) => opened(id)?.open);
  const hidden = ids.flatMap((id) => hiddenIn(accesses, id));
  const [files, decisions, appeals, sessions, remarks, juries, deposits, untold, messages] = await Promise.all([
    fileCounts(context, readable, hidden),
    unsignedDecisions(context, readable, hidden),
    waitingAppeals(context, readable, hidden),
    sessionsByCall(context, readable),
    openRemarks(context, ids),
    juriesOf(context, readable),
    depositedIn(context, ids),
    untoldToMinistry(context, readable, hidden),
    messagesIn(
      context,
      calls.filter(({ call }) => call.status === 'decided'),
      accesses,
    ),
  ]);
  return calls.map(({ id, call, title }): RunFact => {
    const agencies = approvesFor(context, call);
    const { undecided = 0, unwritten = 0, share = 0, ...counted } = files.get(id) ?? {};
    const held = sessions.get(id) ?? { signed: 0, waiting: [] };
    const jury = juryTasks(call, juries.get(id) ?? noJury);
    const toSign = (decisions.get(id) ?? []).filter((signed) => agencies.some((agency) => !signed.includes(agency)));
    const interests = whereInterestsStand(accesses, id, deposits.has(id));
    const allApproved = call.agencies.every((agency) => call.approvals.includes(agency));
    const counts: RunCounts = {
      ...counted,
      approve: agencies.filter((agency) => !call.approvals.includes(agency)).length,
      publish: Number(allApproved),
      remarks: remarks.get(id) ?? 0,
      interests: Number(waitsForInterests(interests)),
      found: found.get(id) ?? 0,
      ...(interests === 'declared' ? jury : {}),
      share: jury.settle + jury.compose === 0 ? share : 0,
      sign: toSign.length,
      fix: Number(interests === 'declared' && undecided === 0 && held.signed > 0 && held.waiting.length === 0),
      message: Number(messages.get(id) === 'own'),
      // Where nobody can prepare the message, whoever notifies says why.
      notify: Number(
        interests === 'declared' && undecided + unwritten === 0 && ['ready', 'nobody'].includes(messages.get(id) ?? ''),
      ),
      ministry: Number(untold.has(id)),
    };
    return {
      ...{ ...whereCallIs(context, call), call: id, title, state: call, role: roleIn(context, call), counts },
      ...{ sessions: held.waiting, appeals: appeals.get(id) ?? [] },
    };
  });
};

/** Whoever has no role in an agency of a call of theirs was invited to it. */
const roleIn = (context: PersonContext, call: CallState): CallRole => {
  const role = agencyRole(context, call);
  return role === 'other' ? 'partner' : role;
};

/** The files of a call that are hidden from the actor: they count nowhere (I-6). */
export const hiddenIn = (accesses: Accesses, call: string): readonly string[] => {
  const access = accesses.get(call)?.access;
  return access?.open ? [...access.recused] : [];
};

/** Where somebody stands before the files of a call; interests are asked once some are deposited. */
const whereInterestsStand = (accesses: Accesses, call: string, deposits: boolean): Interests => {
  const access = accesses.get(call)?.access;
  if (access?.open) return 'declared';
  if (!access || !deposits) return 'none';
  return access.because === 'later' ? 'later' : 'todo';
};

/** A jury without anybody is to be composed; one that is not complete or not presided is to be settled. */
const juryTasks = (call: CallState, jury: JuryState): { readonly compose: number; readonly settle: number } => {
  const groups = groupsOf(call).map(({ code }) => code);
  if (isSettled(jury, groups)) return { compose: 0, settle: 0 };
  return jury.members.some(({ sits }) => sits) ? { compose: 0, settle: 1 } : { compose: 1, settle: 0 };
};

const juriesOf = async ({ db }: PersonContext, calls: readonly string[]) => {
  if (calls.length === 0) return new Map<string, JuryState>();
  const rows = await db
    .selectFrom('call_jury')
    .select(['call', 'state'])
    .where('call', 'in', [...calls])
    .execute();
  return new Map(rows.map(({ call, state }) => [call, state as JuryState]));
};

/** Where the message to the ministry stands for the actor, in calls whose results are fixed: they are few. */
const messagesIn = async (context: PersonContext, calls: readonly OwnCall[], accesses: Accesses) => {
  const messages = new Map<string, MessageWaits>();
  for (const { id, call } of calls) {
    const access = accesses.get(id)?.access;
    if (access?.open) messages.set(id, await messageWaits(context, id, call, access));
  }
  return messages;
};

const depositedIn = async ({ db }: PersonContext, calls: readonly string[]): Promise<ReadonlySet<string>> => {
  if (calls.length === 0) return new Set();
  const rows = await db
    .selectFrom('call_application')
    .select('call')
    .distinct()
    .where('call', 'in', [...calls])
    .where('deposited_at', 'is not', null)
    .execute();
  return new Set(rows.map(({ call }) => call));
};

/** The sessions of some calls: how many have their minutes signed, and those that wait for it. */
export const sessionsByCall = async ({ db }: PersonContext, calls: readonly string[]) => {
  if (calls.length === 0) return new Map<string, { signed: number; waiting: RunFact['sessions'] }>();
  const rows = await db
    .selectFrom('call_session')
    .select(['id', 'call', 'status', 'at'])
    .where('call', 'in', [...calls])
    .orderBy('at')
    .orderBy('id')
    .execute();
  return new Map(
    [...Map.groupBy(rows, ({ call }) => call)].map(([call, some]) => [
      call,
      {
        signed: some.filter(({ status }) => status === 'signed').length,
        waiting: some.flatMap(({ id, status, at }) =>
          status === 'convened' || status === 'opened' || status === 'closed'
            ? [{ id, status, at: at.toString() }]
            : [],
        ),
      },
    ]),
  );
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
export const whereCallIs = (context: PersonContext, { calendar, territory }: CallState) => ({
  zone: calendar?.zone ?? zoneOf(context, territory),
  place: placeOf(context, territory).locative,
});
