import { noId } from '#platform/ids.ts';
import type { AgencyKind } from '#platform/permissions.ts';
import { ok, type Result, refuse } from '#platform/result.ts';
import type { Context } from '#platform/server/context.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { type StreamDefinition, withStream } from '#platform/server/journal/stream.ts';
import type { CallState } from '../../call.ts';
import type { Amounts } from '../../selection/allocation.ts';
import { type DecisionOrder, type DecisionSetting, decideDecision } from '../../selection/decide-decision.ts';
import {
  type DecisionEvent,
  type DecisionRole,
  type DecisionState,
  type IssueCode,
  isSigned,
  noDecision,
  takenBy,
} from '../../selection/decision.ts';
import { evolveDecision } from '../../selection/evolve-decision.ts';
import { heldOf } from '../after/held.ts';
import { applicationRow, noSuchApplication, takeStep } from '../application/application-stream.ts';
import { noSuchCall, readCall, roleNow, settled } from '../call-stream.ts';
import { asOne } from '../calls.ts';
import { keepText } from '../rows.ts';
import { fileAccess } from './file-access.ts';
import { appealTermsOf } from './letter-templates.ts';
import './decision-tables.ts';

/**
 * The decision on one application is a stream. What it takes from each envelope is in rows; whoever writes holds the lock
 * of the call, so that two decisions never take the same money (I-3).
 */
export const decisionStream: StreamDefinition<DecisionState, DecisionEvent> = {
  name: 'call-decision',
  initial: noDecision,
  evolve: evolveDecision,
  project: async (context, application, state) => {
    const { db, clock } = context;
    const call = await readCall(context, state.call);
    const row = {
      ...{ status: state.status, issue: state.ruling?.issue ?? ('inadmissible' as const), changed_at: clock.now() },
      rank: state.status === 'released' ? null : (state.ruling?.rank ?? null),
      ...{ signed: isSigned(state, call?.agencies ?? []), state: JSON.stringify(state) },
    };
    await db
      .insertInto('call_decision')
      .values({ application, call: state.call, ...row })
      .onConflict((known) => known.column('application').doUpdateSet(row))
      .execute();
    await db.deleteFrom('call_allocation').where('application', '=', application).execute();
    const taken = Object.entries(takenBy(state));
    if (taken.length > 0)
      await db
        .insertInto('call_allocation')
        .values(taken.map(([envelope, cents]) => ({ application, call: state.call, envelope, cents })))
        .execute();
    await db
      .updateTable('call_letter')
      .set({ cancelled_at: clock.now() })
      .where('application', '=', application)
      .where('sent_at', 'is', null)
      .where('cancelled_at', 'is', null)
      .where('id', '<>', state.letter ?? noId)
      .execute();
  },
};

/** What the form of a decision says. */
export interface RulingForm {
  readonly issue: IssueCode;
  readonly amounts: Amounts;
  readonly rank: number | null;
  readonly words: string;
  readonly conditions: string;
  readonly referent: string;
}

/**
 * Writes the decision on an application; or corrects a signed one, or decides on a file looked at again once the results are
 * fixed, `reason` saying why; or concludes a technical support.
 */
export const writeDecision = (
  context: PersonContext,
  application: string,
  form: RulingForm,
  said:
    | { readonly seen: number; readonly reason?: string; readonly command?: 'complete' }
    | { readonly seen: number; readonly command: 'conclude' },
): Promise<Result<void>> =>
  asOne(context, async (inside) => {
    const kept: { [Name in 'words' | 'conditions' | 'referent']: string | null } = {
      ...{ words: null, conditions: null, referent: null },
    };
    for (const name of ['words', 'conditions', 'referent'] as const) {
      const text = await keepText(inside, form[name], name);
      if (!text.ok) return text;
      kept[name] = text.value ?? null;
    }
    const { issue, amounts, rank } = form;
    const ruling = { issue, amounts, rank, ...kept };
    const { seen } = said;
    if (said.command === 'conclude') return commandDecision(inside, application, { command: 'conclude', seen, ruling });
    const { command = 'correct', reason } = said;
    if (reason === undefined) return commandDecision(inside, application, { command: 'write', seen, ruling });
    const why = await keepText(inside, reason, 'reason');
    if (!why.ok) return why;
    const because = why.value ? { reason: why.value } : {};
    const done = await commandDecision(inside, application, { command, seen, ruling, ...because });
    if (!done.ok || command !== 'complete') return done;
    // No session speaks of it any more.
    return settled(
      await takeStep(inside, application, 'decideAgain', () => ok([{ type: 'ApplicationDecidedAgain-V1', data: {} }])),
    );
  });

/** Signs a decision for an organiser. `seen`: the version that was read. */
export const signDecision = (
  context: PersonContext,
  application: string,
  order: { readonly agency: AgencyKind; readonly seen: number },
): Promise<Result<void>> =>
  asOne(context, (inside) => commandDecision(inside, application, { command: 'sign', ...order }));

/** Frees what a laureate who gives up had received: the next of the complementary list is then proposed. */
export const releaseDecision = (context: PersonContext, application: string, typed: string): Promise<Result<void>> =>
  asOne(context, async (inside) => {
    const reason = await keepText(inside, typed, 'reason');
    if (!reason.ok) return reason;
    const because = reason.value ? { reason: reason.value } : {};
    return commandDecision(inside, application, { command: 'release', ...because });
  });

/** One command on one decision, in the transaction of the caller, one at a time in a call. */
export const commandDecision = async (
  context: PersonContext,
  application: string,
  order: DecisionOrder,
): Promise<Result<void>> => {
  const row = await applicationRow(context, application);
  if (!row) return noSuchApplication;
  const state = await lockedCall(context, row.call);
  if (!state) return refuse(noSuchCall);
  const who = await roleOn(context, row.call, state, application);
  if (who.role === 'other') return noSuchApplication;
  // Under the lock: whoever decided on it before is done.
  const now = await applicationRow(context, application);
  if (!now) return noSuchApplication;
  const setting: DecisionSetting = {
    ...{ ...who, call: row.call, state, application: now.status },
    others: await allocated(context, row.call, application),
    held: await heldOf(context, application),
    ranks: await ranksOf(context, row.call, application),
    recommendations: await countRecommendations(context, application),
    appealTerms: (await appealTermsOf(context, row.call, state)) !== '',
  };
  const done = await withStream(context, decisionStream, application, (decision) =>
    decideDecision(decision, order, setting),
  );
  return done.ok ? ok(undefined) : done;
};

/** A call as it stands, held until the end of the transaction by whoever decides in it. Foreign keys are not hindered. */
export const lockedCall = async (context: Pick<Context, 'db'>, call: string): Promise<CallState | undefined> => {
  await context.db.selectFrom('call').select('id').where('id', '=', call).forNoKeyUpdate().execute();
  return readCall(context, call);
};

/** What decisions take from each envelope of a call, all of them but one. */
export const allocated = async ({ db }: Pick<Context, 'db'>, call: string, but?: string): Promise<Amounts> => {
  let query = db
    .selectFrom('call_allocation')
    .select(({ fn }) => ['envelope', fn.sum<string>('cents').as('cents')])
    .where('call', '=', call)
    .groupBy('envelope');
  if (but !== undefined) query = query.where('application', '<>', but);
  const rows = await query.execute();
  return Object.fromEntries(rows.map(({ envelope, cents }) => [envelope, Number(cents)]));
};

/** What the actor may do on the decision of an application: nothing when they are recused from it. */
const roleOn = async (
  context: PersonContext,
  id: string,
  call: CallState,
  application: string,
): Promise<{ readonly role: DecisionRole; readonly approvesFor: readonly AgencyKind[] }> => {
  const access = await fileAccess(context, id);
  const { role, approvesFor } = await roleNow(context, call, id);
  const may = access.open && !access.recused.has(application) && (role === 'approver' || role === 'writer');
  return may ? { role, approvesFor } : { role: 'other', approvesFor: [] };
};

const ranksOf = async ({ db }: Pick<Context, 'db'>, call: string, but: string): Promise<readonly number[]> => {
  const rows = await db
    .selectFrom('call_decision')
    .select('rank')
    .where('call', '=', call)
    .where('application', '<>', but)
    .where('rank', 'is not', null)
    .execute();
  return rows.flatMap(({ rank }) => (rank === null ? [] : [rank]));
};

const countRecommendations = async ({ db }: Pick<Context, 'db'>, application: string): Promise<number> =>
  (
    await db
      .selectFrom('call_recommendation')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('application', '=', application)
      .executeTakeFirstOrThrow()
  ).count;

/** The decision on an application, with its texts. For whoever asked `fileAccess` first. */
export const readDecision = async ({ db }: Pick<Context, 'db'>, application: string): Promise<DecisionState> => {
  const row = await db
    .selectFrom('call_decision')
    .select('state')
    .where('application', '=', application)
    .executeTakeFirst();
  return (row?.state as DecisionState | undefined) ?? noDecision;
};
