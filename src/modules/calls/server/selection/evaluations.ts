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
import { isSettled } from '../../selection/jury.ts';
import { applicationRow, noSuchApplication, takeStep } from '../application/application-stream.ts';
import { readCall } from '../call-stream.ts';
import { asOne } from '../calls.ts';
import { keepText } from '../rows.ts';
import { titleOf, wordsOf } from '../title.ts';
import { orderOnOwn, presidesOver } from './declare-interests.ts';
import { fileAccess } from './file-access.ts';
import { groupsOf, juryOf, sittingRow } from './jury.ts';
import { standingsOf } from './standings.ts';

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

/**
 * Gives files to evaluators, all or none: by who instructs or presides, once the jury is composed. Refuses a file that is
 * not admissible, and an evaluator who is recused from it. Each is written to at
 * most once an hour, in words that name no file: files are given one by one, taken back, given again.
 */
export const assignFiles = (
  context: PersonContext,
  call: string,
  pairs: readonly { readonly application: string; readonly juror: string }[],
  origin: string | undefined,
): Promise<Result<void>> =>
  asOne(context, async (inside) => {
    const state = await readCall(inside, call);
    if (!state) return noSuchApplication;
    const groups = groupsOf(state).map(({ code }) => code);
    if (!isSettled(await juryOf(inside, call), groups)) return refuse(notSettled);
    if (pairs.length === 0) return refuse(nobodyChosen);
    const people = await standingsOf(inside, call);
    const { db, clock } = inside;
    for (const { application, juror } of pairs) {
      const file = await readableRow(inside, call, application);
      if (!file) return noSuchApplication;
      const person = people.find((one) => one.juror === juror && one.sits);
      if (!person || person.hidden(application)) return refuse(cannotEvaluate);
      if (file.state.status === 'admissible') {
        const started = await takeStep(inside, application, 'startEvaluation', () =>
          ok([{ type: 'EvaluationStarted-V1', data: {} }]),
        );
        if (!started.ok) return started;
      }
      const blank = { status: 'todo', snapshot: 0, marks: '{"criteria":[],"conclusion":""}', state: '{}' } as const;
      const { id } = await db
        .insertInto('call_evaluation')
        .values({ ...blank, call, application, juror, changed_at: clock.now() })
        .onConflict((known) => known.columns(['application', 'juror']).doUpdateSet({ changed_at: clock.now() }))
        .returning('id')
        .executeTakeFirstOrThrow();
      const done = await order(inside, id, { command: 'assign', application, juror });
      if (!done.ok) return done;
    }
    const title = await titleOf(inside, state);
    const told = await db
      .selectFrom('call_juror')
      .select(['id', 'email'])
      .where('id', 'in', [...new Set(pairs.map(({ juror }) => juror))])
      .where('email', '!=', '')
      .orderBy('email')
      .execute();
    for (const { id, email } of told) {
      await inside.mail.post({
        ...{ to: email, subject: 'Des candidatures à évaluer' },
        key: `call-assigned/${call}/${id}/${clock.now().toString().slice(0, 13)}`,
        text: [
          ...['Bonjour,', '', 'Des candidatures vous sont confiées pour cet appel à projets :', title, ''],
          `${origin ?? ''}/appels/espace/${call}/evaluations`,
        ].join('\n'),
      });
    }
    return ok(undefined);
  });

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

/** Closes the evaluations of files, all or none: what is written changes no more, and everybody who may read it sees it. */
export const closeEvaluations = (
  context: PersonContext,
  call: string,
  applications: readonly string[],
): Promise<Result<void>> =>
  asOne(context, async (inside) => {
    if (applications.length === 0) return refuse(nobodyChosen);
    for (const application of applications) {
      if (!(await readableRow(inside, call, application))) return noSuchApplication;
      const done = await takeStep(inside, application, 'closeEvaluations', () =>
        ok([{ type: 'EvaluationsClosed-V1', data: {} }]),
      );
      if (!done.ok) return done;
    }
    return ok(undefined);
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

const notSettled: Refusal = {
  code: 'jury_not_settled',
  message: 'Arrêtez d’abord la composition du jury : une présidence, et un motif si des acteurs recommandés manquent.',
};
const nobodyChosen: Refusal = { code: 'nothing_chosen', message: 'Choisissez au moins une candidature.' };
const cannotEvaluate: Refusal = {
  ...{ code: 'evaluator_recused', field: 'juror' },
  message: 'Cette personne ne peut pas évaluer cette candidature : elle est en déport, ou n’est plus au jury.',
};
const noEvaluationThere: Refusal = {
  code: 'no_such_evaluation',
  message: 'Cette évaluation n’existe pas, ou n’est pas à vous.',
};
