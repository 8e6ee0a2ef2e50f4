import { sql } from 'kysely';
import { isUuid } from '#platform/ids.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import type { ApplicationStatus } from '../../application/application.ts';
import type { EvaluationState, Marks } from '../../selection/evaluation.ts';
import { FEW_VOICES } from '../../selection/jury.ts';
import { marksVisible, mostOf, totalOfMarks } from '../../selection/ranking.ts';
import { readTexts } from '../rows.ts';
import { presidesOver } from './declare-interests.ts';
import { criteriaOf } from './evaluations.ts';
import { type FileAccess, fileAccess } from './file-access.ts';
import { sittingRow } from './jury.ts';
import { opinionsOn } from './opinions-view.ts';
import { type Standing, standingsOf } from './standings.ts';
import './tables.ts';

type OpenAccess = Extract<FileAccess, { readonly open: true }>;

/** What has to do with evaluation. */
export const evaluatedStatuses: readonly ApplicationStatus[] = [
  ...(['admissible', 'evaluating', 'evaluated', 'deliberated', 'notified'] as const),
];

/** The files of a call that have to do with evaluation, of those that the actor may read. */
export const evaluatedFiles = (
  { db }: PersonContext,
  call: string,
  { recused, only }: OpenAccess,
  statuses: readonly ApplicationStatus[] = evaluatedStatuses,
) =>
  db
    .selectFrom('call_application')
    .where('call_application.call', '=', call)
    .where('kind', '=', 'full')
    .where('call_application.status', 'in', [...statuses])
    .$if(recused.size > 0, (query) =>
      query.where(sql<boolean>`not (call_application.id = any(${[...recused]}::uuid[]))`),
    )
    .$if(only !== undefined, (query) =>
      query.where(sql<boolean>`call_application.id = any(${[...(only ?? [])]}::uuid[])`),
    );

const detailed = [
  'call_application.id',
  'number',
  'title',
  'holder',
  'call_application.status',
  'asked_cents',
  'axes',
] as const;

/** The evaluations of some files. */
const evaluationsOf = ({ db }: PersonContext, applications: readonly string[]) =>
  db
    .selectFrom('call_evaluation')
    .innerJoin('call_juror', 'call_juror.id', 'call_evaluation.juror')
    .select(['call_evaluation.id', 'application', 'juror', 'status', 'snapshot', 'marks', 'state'])
    .select(['name', 'organisation'])
    .where(sql<boolean>`application = any(${[...applications]}::uuid[])`)
    .where('status', '!=', 'unassigned')
    .orderBy('call_evaluation.id')
    .execute();

/**
 * The evaluations of a call for whoever may open its files: their own, then a page of the files to share out (`take`, from
 * `skip` on) of `total`.
 */
export const evaluationsView = async (
  context: PersonContext,
  call: string,
  { take = 50, skip = 0 }: { readonly take?: number; readonly skip?: number } = {},
) => {
  const access = await fileAccess(context, call);
  if (!access.open || access.role === 'expert') return { access };
  const own = await sittingRow(context, call);
  const leads = access.role === 'instructor' || access.role === 'president';
  const mine = own
    ? await evaluatedFiles(context, call, access)
        .innerJoin('call_evaluation', 'call_evaluation.application', 'call_application.id')
        .select([...detailed, 'call_evaluation.status as evaluation', 'marks'])
        .where('juror', '=', own.id)
        .where('call_evaluation.status', '!=', 'unassigned')
        .orderBy('number')
        .execute()
    : [];
  const base = {
    ...{ access, leads },
    mine: mine.map(({ marks, ...file }) => ({ ...file, begun: isBegun(marks as Marks) })),
  };
  if (!leads) return { ...base, jurors: [], files: [], total: 0 };
  const [files, { total }, people] = [
    await evaluatedFiles(context, call, access)
      .select([...detailed])
      .orderBy('number')
      .limit(take)
      .offset(skip)
      .execute(),
    await evaluatedFiles(context, call, access)
      .select(({ fn }) => fn.countAll<number>().as('total'))
      .executeTakeFirstOrThrow(),
    await standingsOf(context, call),
  ];
  const given = Map.groupBy(
    await evaluationsOf(
      context,
      files.map(({ id }) => id),
    ),
    ({ application }) => application,
  );
  return {
    ...{ ...base, total, jurors: people.filter(({ sits }) => sits) },
    files: files.map((file) => ({
      ...{ ...file, ...voicesOn(people, file.id) },
      evaluators: (given.get(file.id) ?? []).map(({ id, name, status }) => ({ id, name, status })),
    })),
  };
};

const isBegun = ({ criteria, conclusion }: Marks): boolean =>
  conclusion !== '' || criteria.some(({ points, words }) => points !== null || words !== '');

/** How many deliberative voices a file has left: fewer than three is said (R-75: operators may be few in a territory). */
export const voicesOn = (people: readonly Standing[], file: string) => {
  const able = people.filter((one) => one.votes(file));
  return {
    voices: able.length,
    undeclared: able.filter(({ state }) => state.status !== 'declared').length,
    few: able.length < FEW_VOICES,
  };
};

/**
 * One file for whoever evaluates it, instructs or presides: their own marks, those of the others where they may be seen
 * (I-7), the opinions that they may read. Nothing of a file that is hidden from them.
 */
export const evaluationView = async (context: PersonContext, call: string, application: string) => {
  const access = await fileAccess(context, call);
  if (!access.open || access.role === 'expert') return undefined;
  const file = isUuid(application)
    ? await evaluatedFiles(context, call, access)
        .select([...detailed])
        .where('call_application.id', '=', application)
        .executeTakeFirst()
    : undefined;
  if (!file) return undefined;
  const criteria = await criteriaOf(context, call);
  const people = await standingsOf(context, call);
  const given = await evaluationsOf(context, [application]);
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
