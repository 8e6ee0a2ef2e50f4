import { sql } from 'kysely';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import type { ApplicationStatus } from '../../application/application.ts';
import { kindOf } from '../../call-kind.ts';
import { type Average, averageOf, marksVisible, mostOf, ranked, totalOfMarks } from '../../selection/ranking.ts';
import { underEnvelopes } from '../../selection/ranking-under-envelopes.ts';
import { readCall } from '../call-stream.ts';
import { wordsOf } from '../title.ts';
import { evaluatedFiles, evaluatedStatuses, voicesOn } from './evaluation-views.ts';
import { fileAccess } from './file-access.ts';
import { sittingRow } from './jury.ts';
import { opinionCounts } from './opinions-view.ts';
import { standingsOf } from './standings.ts';
import './tables.ts';

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
  readonly rank: number | undefined;
  readonly tied: boolean;
  /** The last line of its rank: what is asked down to it is asked down to the whole rank. */
  readonly last: boolean;
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
 * and sums are counted among the others, so that nothing is to be guessed. Nobody’s rank is a decision. Marks of
 * somebody recused afterwards do not count. `take`: a page of it, from `skip` on; `only`: of its files, those; ranks and sums
 * are those of the whole.
 */
export const rankingView = async (
  context: PersonContext,
  call: string,
  {
    take,
    skip = 0,
    only,
  }: { readonly take?: number; readonly skip?: number; readonly only?: ReadonlySet<string> } = {},
) => {
  const access = await fileAccess(context, call);
  if (!access.open || access.role === 'expert') return undefined;
  const state = await readCall(context, call);
  if (!state) return undefined;
  const { criteria } = await wordsOf(context, state, 'grid');
  const statuses = evaluatedStatuses.filter((status) => status !== 'admissible');
  const [files, points, people, own, opinions] = await Promise.all([
    evaluatedFiles(context, call, access, statuses).select(['id', 'number', 'status', 'asked_cents']).execute(),
    pointsGiven(context, call),
    standingsOf(context, call),
    sittingRow(context, call),
    opinionCounts(context, call, access),
  ]);
  const given = Map.groupBy(points, ({ application }) => application);
  const hiddenFrom = new Map(people.flatMap((one) => (one.juror ? [[one.juror, one.hidden] as const] : [])));
  const all = ranked(
    files.map((file) => {
      const of = given.get(file.id) ?? [];
      const counted = of.filter(({ juror }) => !hiddenFrom.get(juror)?.(file.id));
      const submitted = counted.filter(({ status }) => status === 'submitted');
      const visible = marksVisible(file.status, of.find(({ juror }) => juror === own?.id)?.status);
      const totals = visible ? submitted.map(({ points }) => totalOfMarks(marksOf(points), criteria)) : [];
      return {
        ...{ ...file, visible, submitted: submitted.length, assigned: counted.length },
        average: averageOf(totals),
      };
    }),
  );
  const page = (take === undefined ? all : all.slice(skip, skip + take)).map((line, at) => ({
    ...line,
    last: line.rank !== undefined && all[skip + at + 1]?.rank !== line.rank,
  }));
  const shown = only ? page.filter(({ id }) => only.has(id)) : page;
  const details = await detailsOf(
    context,
    shown.map(({ id }) => id),
  );
  const { envelopes } = state.money;
  return {
    framed: kindOf(state.kind).framed,
    ...{ total: all.length, most: mostOf(criteria), envelopes, cumulated: underEnvelopes(all, envelopes) },
    lines: shown.map(
      (line): RankingLine => ({
        ...{ title: '', holder: '', axes: [], ...line, ...details.get(line.id) },
        ...voicesOn(people, line.id),
        opinions: opinions.get(line.id) ?? { asked: 0, given: 0 },
      }),
    ),
  };
};

/** The points of each evaluation of a call, without its words: many are read at once. */
const pointsGiven = ({ db }: PersonContext, call: string) =>
  db
    .selectFrom('call_evaluation')
    .select(['application', 'juror', 'status'])
    .select(sql<readonly (number | null)[]>`jsonb_path_query_array(marks, '$.criteria[*].points')`.as('points'))
    .where('call', '=', call)
    .where('status', 'not in', ['unassigned', 'declined'])
    .execute();

const marksOf = (points: readonly (number | null)[]) => ({ criteria: points.map((one) => ({ points: one })) });

const detailsOf = async ({ db }: PersonContext, ids: readonly string[]) => {
  const rows = await db
    .selectFrom('call_application')
    .select(['id', 'title', 'holder', 'axes'])
    .where(sql<boolean>`id = any(${[...ids]}::uuid[])`)
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
};
