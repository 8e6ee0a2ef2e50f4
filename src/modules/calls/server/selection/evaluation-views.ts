import type { PersonContext } from '#platform/server/identity/require-person.ts';
import type { ApplicationStatus } from '../../application/application.ts';
import type { EvaluationState, EvaluationStatus, Marks } from '../../selection/evaluation.ts';
import { FEW_VOICES } from '../../selection/jury.ts';
import { type Average, averageOf, marksVisible, mostOf, ranked, totalOfMarks } from '../../selection/ranking.ts';
import { type Evaluator, shareOut } from '../../selection/share-out.ts';
import { readTexts } from '../rows.ts';
import { presidesOver } from './declare-interests.ts';
import { criteriaOf } from './evaluations.ts';
import { type FileAccess, fileAccess } from './file-access.ts';
import { sittingRow } from './jury.ts';
import { opinionCounts, opinionsOn } from './opinions-view.ts';
import { type Standing, standingsOf } from './standings.ts';
import './tables.ts';

type OpenAccess = Extract<FileAccess, { readonly open: true }>;

const evaluated: readonly ApplicationStatus[] = ['admissible', 'evaluating', 'evaluated', 'deliberated', 'notified'];

/** The files of a call that have to do with evaluation, of those that the actor may read. */
const filesOf = async ({ db }: PersonContext, call: string, { recused, only }: OpenAccess) =>
  db
    .selectFrom('call_application')
    .select(['id', 'number', 'title', 'holder', 'status', 'asked_cents', 'axes'])
    .where('call', '=', call)
    .where('kind', '=', 'full')
    .where('status', 'in', [...evaluated])
    .$if(recused.size > 0, (query) => query.where('id', 'not in', [...recused]))
    .$if(only !== undefined, (query) => query.where('id', '=', ({ fn, val }) => fn.any(val([...(only ?? [])]))))
    .orderBy('number')
    .execute();

const evaluationsOf = ({ db }: PersonContext, call: string) =>
  db
    .selectFrom('call_evaluation')
    .innerJoin('call_juror', 'call_juror.id', 'call_evaluation.juror')
    .select([
      'call_evaluation.id',
      'application',
      'juror',
      'status',
      'snapshot',
      'marks',
      'state',
      'name',
      'organisation',
    ])
    .where('call_evaluation.call', '=', call)
    .where('status', '!=', 'unassigned')
    .orderBy('call_evaluation.id')
    .execute();

/** The evaluations of a call for whoever may open its files: their own, the files to share out, what is closed. */
export const evaluationsView = async (context: PersonContext, call: string) => {
  const access = await fileAccess(context, call);
  if (!access.open || access.role === 'expert') return { access };
  const [files, given, people, own] = [
    await filesOf(context, call, access),
    await evaluationsOf(context, call),
    await standingsOf(context, call),
    await sittingRow(context, call),
  ];
  const leads = access.role === 'instructor' || access.role === 'president';
  return {
    ...{ access, leads, jurors: people.filter(({ sits }) => sits) },
    mine: files.flatMap((file) => {
      const row = given.find(({ application, juror }) => application === file.id && juror === own?.id);
      return row ? [{ ...file, evaluation: row.status, begun: isBegun(row.marks as Marks) }] : [];
    }),
    files: leads
      ? files.map((file) => ({ ...file, ...voicesOn(people, file.id), evaluators: evaluatorsOn(given, file.id) }))
      : [],
  };
};

const isBegun = ({ criteria, conclusion }: Marks): boolean =>
  conclusion !== '' || criteria.some(({ points, words }) => points !== null || words !== '');

const evaluatorsOn = (
  given: readonly {
    readonly id: string;
    readonly application: string;
    readonly name: string;
    readonly status: EvaluationStatus;
  }[],
  file: string,
) => given.filter(({ application }) => application === file).map(({ id, name, status }) => ({ id, name, status }));

/** How many deliberative voices a file has left: fewer than three is said (R-75: operators may be few in a territory). */
export const voicesOn = (people: readonly Standing[], file: string) => {
  const able = people.filter((one) => one.votes(file));
  return {
    voices: able.length,
    undeclared: able.filter(({ state }) => state.status !== 'declared').length,
    few: able.length < FEW_VOICES,
  };
};

/** A proposal to share files out, `each` evaluators a file; recusals and what is given already are kept in mind. */
export const proposedShares = async (context: PersonContext, call: string, each: number) => {
  const view = await evaluationsView(context, call);
  if (!view.access.open || !('files' in view) || !view.leads) return [];
  const people = (view.jurors ?? []).filter(({ state }) => state.status === 'declared');
  const given = (await evaluationsOf(context, call)).filter(({ status }) => status !== 'declined');
  const evaluators: Evaluator[] = people.flatMap(({ juror }) =>
    juror ? [{ juror, load: given.filter((one) => one.juror === juror).length }] : [],
  );
  const declined = (await evaluationsOf(context, call)).filter(({ status }) => status === 'declined');
  const files = view.files.filter(({ status }) => status === 'admissible' || status === 'evaluating');
  const mayRead = (juror: string, file: string): boolean =>
    !people.find((one) => one.juror === juror)?.hidden(file) &&
    !declined.some((one) => one.juror === juror && one.application === file);
  const shares = shareOut(
    files.map(({ id }) => ({ id, given: given.filter((one) => one.application === id).map(({ juror }) => juror) })),
    evaluators,
    mayRead,
    each,
  );
  return shares.flatMap(({ file, jurors }) => {
    const of = files.find(({ id }) => id === file);
    const names = jurors.map((juror) => ({ juror, name: people.find((one) => one.juror === juror)?.name ?? '' }));
    return of && names.length > 0 ? [{ id: file, number: of.number, title: of.title, jurors: names }] : [];
  });
};

/**
 * One file for whoever evaluates it, instructs or presides: their own marks, those of the others where they may be seen
 * (I-7), the opinions that they may read. Nothing of a file that is hidden from them.
 */
export const evaluationView = async (context: PersonContext, call: string, application: string) => {
  const access = await fileAccess(context, call);
  if (!access.open || access.role === 'expert') return undefined;
  const file = (await filesOf(context, call, access)).find(({ id }) => id === application);
  if (!file) return undefined;
  const criteria = await criteriaOf(context, call);
  const people = await standingsOf(context, call);
  const given = (await evaluationsOf(context, call)).filter((one) => one.application === application);
  const sitting = await sittingRow(context, call);
  const own = given.find(({ juror }) => juror === sitting?.id);
  const visible = marksVisible(file.status, own?.status);
  const latest = await lastSnapshot(context, application);
  const texts = await readTexts(
    context,
    given.flatMap(({ state }) => (state as EvaluationState).reason ?? []),
  );
  const said = given.map(({ id, juror, name, organisation, status, snapshot, marks, state }) => ({
    ...{ id, name, organisation, status, own: juror === sitting?.id },
    recused: people.find((one) => one.juror === juror)?.hidden(application) ?? false,
    older: status === 'submitted' && snapshot < latest,
    marks: status === 'submitted' && visible ? (marks as Marks) : undefined,
    total: status === 'submitted' && visible ? totalOfMarks(marks as Marks, criteria) : null,
    declined: (state as EvaluationState).declined,
    reason: texts.get((state as EvaluationState).reason ?? ''),
  }));
  return {
    ...{ file, criteria, most: mostOf(criteria), visible, open: file.status === 'evaluating' },
    own: own && {
      id: own.id,
      status: own.status,
      marks: own.marks as Marks,
      reason: texts.get((own.state as EvaluationState).reason ?? ''),
    },
    others: said.filter((one) => !one.own),
    reopens: await presidesOver(context, call, application),
    opinions: await opinionsOn(context, call, application, access),
  };
};

const lastSnapshot = async ({ db }: PersonContext, application: string): Promise<number> =>
  (
    await db
      .selectFrom('call_snapshot')
      .select(({ fn }) => fn.max('number').as('last'))
      .where('application', '=', application)
      .executeTakeFirst()
  )?.last ?? 0;

/** A line of the ranking: what is known of a file; an average only where the marks may be seen. */
export interface RankingLine {
  readonly id: string;
  readonly number: number;
  readonly title: string;
  readonly holder: string;
  readonly status: ApplicationStatus;
  readonly asked_cents: number;
  readonly axes: readonly number[];
  readonly average: Average | undefined;
  /** Handed in, and given out. */
  readonly submitted: number;
  readonly assigned: number;
  /** Whether the actor may see the marks; else only how many are in. */
  readonly visible: boolean;
  readonly opinions: { readonly asked: number; readonly given: number };
  readonly voices: number;
  readonly few: boolean;
}

/**
 * The files of a call by average, for whoever may read them: lines from which they are recused are not there, and ranks
 * are counted among the others, so that nothing is to be guessed. Nobody’s rank is a decision. Marks of somebody
 * recused afterwards do not count.
 */
export const rankingView = async (context: PersonContext, call: string) => {
  const access = await fileAccess(context, call);
  if (!access.open || access.role === 'expert') return undefined;
  const files = (await filesOf(context, call, access)).filter(({ status }) => status !== 'admissible');
  const criteria = await criteriaOf(context, call);
  const given = (await evaluationsOf(context, call)).filter(({ status }) => status !== 'declined');
  const people = await standingsOf(context, call);
  const own = await sittingRow(context, call);
  const opinions = await opinionCounts(context, call, access);
  const hiddenFrom = new Map(people.flatMap((one) => (one.juror ? [[one.juror, one.hidden] as const] : [])));
  const lines = files.map((file): RankingLine => {
    const of = given.filter(({ application }) => application === file.id);
    const counted = of.filter(({ juror }) => !hiddenFrom.get(juror)?.(file.id));
    const submitted = counted.filter(({ status }) => status === 'submitted');
    const visible = marksVisible(file.status, of.find(({ juror }) => juror === own?.id)?.status);
    const { voices, few } = voicesOn(people, file.id);
    return {
      ...{ ...file, visible, voices, few, submitted: submitted.length, assigned: counted.length },
      average: visible ? averageOf(submitted.map(({ marks }) => totalOfMarks(marks as Marks, criteria))) : undefined,
      opinions: opinions.get(file.id) ?? { asked: 0, given: 0 },
    };
  });
  return { lines: ranked(lines), most: mostOf(criteria), criteria: criteria.length };
};
