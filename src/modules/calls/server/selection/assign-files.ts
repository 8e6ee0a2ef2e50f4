import { sql } from 'kysely';
import { isUuid } from '#platform/ids.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { withStream } from '#platform/server/journal/stream.ts';
import type { ApplicationStatus } from '../../application/application.ts';
import { decideEvaluation } from '../../selection/evaluation.ts';
import { isSettled } from '../../selection/jury.ts';
import { noSuchApplication, takeStepAs } from '../application/application-stream.ts';
import { readCall } from '../call-stream.ts';
import { asOne } from '../calls.ts';
import { titleOf } from '../title.ts';
import { evaluationStream } from './evaluations.ts';
import { fileAccess } from './file-access.ts';
import { groupsOf, juryOf } from './jury.ts';
import { standingsOf } from './standings.ts';
import './tables.ts';

/**
 * Gives files to evaluators, all or none: by who instructs or presides, once the jury is composed. Refuses a file that is
 * not admissible, and an evaluator who is recused from it. Each is written to at
 * most once an hour, in words that name no file: files are given one by one, taken back, given again. What is asked is
 * asked once, however many files; only their journals are written one by one.
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
    if (pairs.length > MOST_PAIRS) return refuse(tooManyPairs);
    const people = await standingsOf(inside, call);
    const sitting = new Map(people.flatMap((one) => (one.juror && one.sits ? [[one.juror, one] as const] : [])));
    const files = await chosenFiles(
      inside,
      call,
      pairs.map(({ application }) => application),
    );
    if (!files) return noSuchApplication;
    for (const { application, juror } of pairs)
      if (sitting.get(juror)?.hidden(application) ?? true) return refuse(cannotEvaluate);
    const { role, rows } = files;
    for (const { id, status } of rows) {
      if (status !== 'admissible') continue;
      const started = await takeStepAs(inside, id, 'startEvaluation', role, () =>
        ok([{ type: 'EvaluationStarted-V1', data: {} }]),
      );
      if (!started.ok) return started;
    }
    const open = new Set(rows.filter(({ status }) => startable.includes(status)).map(({ id }) => id));
    const { db, clock } = inside;
    const ids = await blankEvaluations(inside, call, pairs);
    for (const { application, juror } of pairs) {
      const done = await withStream(inside, evaluationStream, ids.get(`${application} ${juror}`) ?? '', (one) =>
        decideEvaluation(
          one,
          { command: 'assign', application, juror },
          { role, criteria: [], open: open.has(application) },
        ),
      );
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

/** Closes the evaluations of files, all or none: what is written changes no more, and everybody who may read it sees it. */
export const closeEvaluations = (
  context: PersonContext,
  call: string,
  applications: readonly string[],
): Promise<Result<void>> =>
  asOne(context, async (inside) => {
    if (applications.length === 0) return refuse(nobodyChosen);
    const files = await chosenFiles(inside, call, applications);
    if (!files) return noSuchApplication;
    for (const { id } of files.rows) {
      const done = await takeStepAs(inside, id, 'closeEvaluations', files.role, () =>
        ok([{ type: 'EvaluationsClosed-V1', data: {} }]),
      );
      if (!done.ok) return done;
    }
    return ok(undefined);
  });

/** Files that are given may still be evaluated, or begin to be. */
const startable: readonly ApplicationStatus[] = ['admissible', 'evaluating'];

/**
 * Several files of a call that the actor may read now, and what they are to them, in two questions; nothing if one is not
 * there, as if it did not exist.
 */
const chosenFiles = async (context: PersonContext, call: string, applications: readonly string[]) => {
  const wanted = [...new Set(applications)];
  const access = await fileAccess(context, call);
  if (!access.open || !wanted.every((id) => isUuid(id) && !access.recused.has(id) && (access.only?.has(id) ?? true)))
    return undefined;
  const rows = await context.db
    .selectFrom('call_application')
    .select(['id', 'status'])
    .where('call', '=', call)
    .where(sql<boolean>`id = any(${wanted}::uuid[])`)
    .orderBy('number')
    .execute();
  const leads = access.role === 'instructor' || access.role === 'president';
  return rows.length === wanted.length ? { rows, role: leads ? access.role : ('other' as const) } : undefined;
};

/** The rows of evaluations that are given, those that were there before included: their ids by file and evaluator. */
const blankEvaluations = async (
  { db, clock }: PersonContext,
  call: string,
  pairs: readonly { readonly application: string; readonly juror: string }[],
): Promise<ReadonlyMap<string, string>> => {
  const blank = { status: 'todo', snapshot: 0, marks: '{"criteria":[],"conclusion":""}', state: '{}' } as const;
  const distinct = new Map(pairs.map((pair) => [`${pair.application} ${pair.juror}`, pair]));
  const rows = await db
    .insertInto('call_evaluation')
    .values(
      [...distinct.values()].map(({ application, juror }) => ({
        ...{ ...blank, call, application, juror, changed_at: clock.now() },
      })),
    )
    .onConflict((known) => known.columns(['application', 'juror']).doUpdateSet({ changed_at: clock.now() }))
    .returning(['id', 'application', 'juror'])
    .execute();
  return new Map(rows.map(({ id, application, juror }) => [`${application} ${juror}`, id]));
};

const notSettled: Refusal = {
  code: 'jury_not_settled',
  message: 'Arrêtez d’abord la composition du jury : une présidence, et un motif si des acteurs recommandés manquent.',
};
/** Pairs given at once. */
const MOST_PAIRS = 600;
const tooManyPairs: Refusal = {
  code: 'too_many_pairs',
  message: `Confiez ${MOST_PAIRS} évaluations au plus à la fois, puis recommencez.`,
};
const nobodyChosen: Refusal = { code: 'nothing_chosen', message: 'Choisissez au moins une candidature.' };
const cannotEvaluate: Refusal = {
  ...{ code: 'evaluator_recused', field: 'juror' },
  message: 'Cette personne ne peut pas évaluer cette candidature : elle est en déport, ou n’est plus au jury.',
};
