import { createHash } from 'node:crypto';
import { isUuid } from '#platform/ids.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { canonical } from '#platform/server/journal/chain.ts';
import { type StreamDefinition, withStream } from '#platform/server/journal/stream.ts';
import type { ApplicationState } from '../../application/application.ts';
import {
  type Criterion,
  type DeclineReason,
  decideEvaluation,
  declineReasons,
  type EvaluationEvent,
  type EvaluationOrder,
  type EvaluationRole,
  type EvaluationState,
  evolveEvaluation,
  type Marks,
  noEvaluation,
  soundMarks,
} from '../../selection/evaluation.ts';
import { applicationRow } from '../application/application-stream.ts';
import { readCall } from '../call-stream.ts';
import { asOne } from '../calls.ts';
import { keepText } from '../rows.ts';
import { wordsOf } from '../title.ts';
import { orderOnOwn, presidesOver } from './declare-interests.ts';
import { fileAccess } from './file-access.ts';
import { sittingRow } from './jury.ts';

/** What one evaluator says of one file. The row is written before the first event: it knows whose it is. */
export const evaluationStream: StreamDefinition<EvaluationState, EvaluationEvent> = {
  name: 'evaluation',
  initial: noEvaluation,
  evolve: evolveEvaluation,
  project: async ({ db, clock }, id, state) => {
    if (state.status === 'absent') return;
    await db
      .updateTable('call_evaluation')
      .set({ status: state.status, state: JSON.stringify(state), changed_at: clock.now() })
      .where('id', '=', id)
      .execute();
  },
};

/** The criteria by which the files of a call are marked; nothing for an unknown call. */
export const criteriaOf = async (context: PersonContext, call: string): Promise<readonly Criterion[]> => {
  const state = await readCall(context, call);
  return state ? (await wordsOf(context, state, 'grid')).criteria : [];
};

/** Takes back a file that was given and not evaluated yet. */
export const unassignFile = (context: PersonContext, id: string): Promise<Result<void>> =>
  asOne(context, async (inside) => {
    const row = await evaluationRow(inside, id);
    if (!row) return refuse(noEvaluationThere);
    return order(inside, id, { command: 'unassign', application: row.application, juror: row.juror });
  });

/** Keeps what the evaluator wrote, unfinished; only its shape is asked. */
export const saveEvaluation = (context: PersonContext, id: string, marks: Marks): Promise<Result<void>> =>
  asOne(context, async (inside) => {
    const sound = await soundIn(inside, id, marks, false);
    if (!sound.ok) return sound;
    const done = await order(inside, id, { command: 'save' });
    return done.ok ? write(inside, id, marks) : done;
  });

/** Hands in an evaluation: each criterion marked and justified. It shows what the others said, and changes no more. */
export const submitEvaluation = (context: PersonContext, id: string, marks: Marks): Promise<Result<void>> =>
  asOne(context, async (inside) => {
    const row = await evaluationRow(inside, id);
    if (!row) return refuse(noEvaluationThere);
    const file = await applicationRow(inside, row.application);
    const snapshot = file?.state.snapshots.length ?? 0;
    const sha256 = createHash('sha256').update(canonical(marks)).digest('hex');
    const done = await order(inside, id, { command: 'submit', marks, sha256, snapshot });
    if (!done.ok) return done;
    await inside.db.updateTable('call_evaluation').set({ snapshot }).where('id', '=', id).execute();
    return write(inside, id, marks);
  });

/** Gives a file back without evaluating it. For an interest, it is a recusal: the file closes at once. */
export const declineEvaluation = (
  context: PersonContext,
  id: string,
  said: { readonly declined: string; readonly reason: string },
): Promise<Result<void>> =>
  asOne(context, async (inside) => {
    const row = await evaluationRow(inside, id);
    if (!row) return refuse(noEvaluationThere);
    const declined = (Object.keys(declineReasons) as DeclineReason[]).find((code) => code === said.declined);
    const reason = await keepText(inside, said.reason, 'reason');
    if (!reason.ok) return reason;
    const done = await order(inside, id, { command: 'decline', declined, reason: reason.value ?? null });
    if (!done.ok || declined !== 'interest') return done;
    const file = {
      application: row.application,
      stand: 'recused',
      kind: 'other',
      reason: reason.value ?? null,
    } as const;
    return orderOnOwn(inside, row.call, { command: 'declare', answer: 'recusal', files: [file] });
  });

/** The president lets an evaluator change what they handed in, with a motive. */
export const reopenEvaluation = (context: PersonContext, id: string, why: string): Promise<Result<void>> =>
  asOne(context, async (inside) => {
    const reason = await keepText(inside, why, 'reason');
    if (!reason.ok) return reason;
    return order(inside, id, { command: 'reopen', reason: reason.value ?? null });
  });

/** A file of a call that the actor may read now; nothing otherwise, as if it did not exist. */
export const readableRow = async (
  context: PersonContext,
  call: string,
  application: string,
): Promise<{ readonly id: string; readonly state: ApplicationState } | undefined> => {
  const access = await fileAccess(context, call);
  if (!access.open || access.recused.has(application) || (access.only && !access.only.has(application)))
    return undefined;
  const row = await applicationRow(context, application);
  return row?.call === call ? row : undefined;
};

const order = async (context: PersonContext, id: string, asked: EvaluationOrder): Promise<Result<void>> => {
  const row = await evaluationRow(context, id);
  if (!row) return refuse(noEvaluationThere);
  const role = await roleIn(context, row, asked.command);
  const file = await applicationRow(context, row.application);
  const open = file?.state.status === 'evaluating';
  const criteria = await criteriaOf(context, row.call);
  const done = await withStream(context, evaluationStream, id, (state) =>
    decideEvaluation(state, asked, { role, criteria, open }),
  );
  return done.ok ? ok(undefined) : done;
};

const roleIn = async (
  context: PersonContext,
  { call, application, juror }: { readonly call: string; readonly application: string; readonly juror: string },
  command: EvaluationOrder['command'],
): Promise<EvaluationRole> => {
  const access = await fileAccess(context, call);
  if (command === 'reopen') return (await presidesOver(context, call, application)) ? 'president' : 'other';
  if (!access.open || access.recused.has(application)) return 'other';
  if (command === 'assign' || command === 'unassign')
    return access.role === 'instructor' || access.role === 'president' ? access.role : 'other';
  return (await sittingRow(context, call))?.id === juror ? 'evaluator' : 'other';
};

const evaluationRow = async ({ db }: PersonContext, id: string) =>
  isUuid(id)
    ? db.selectFrom('call_evaluation').select(['call', 'application', 'juror']).where('id', '=', id).executeTakeFirst()
    : undefined;

const soundIn = async (
  context: PersonContext,
  id: string,
  marks: Marks,
  whole: boolean,
): Promise<Result<undefined>> => {
  const row = await evaluationRow(context, id);
  return row ? soundMarks(marks, await criteriaOf(context, row.call), { whole }) : refuse(noEvaluationThere);
};

const write = async ({ db, clock }: PersonContext, id: string, marks: Marks): Promise<Result<void>> => {
  await db
    .updateTable('call_evaluation')
    .set({ marks: JSON.stringify(marks), changed_at: clock.now() })
    .where('id', '=', id)
    .execute();
  return ok(undefined);
};

const noEvaluationThere: Refusal = {
  code: 'no_such_evaluation',
  message: 'Cette évaluation n’existe pas, ou n’est pas à vous.',
};
