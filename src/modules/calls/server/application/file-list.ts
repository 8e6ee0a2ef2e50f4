import { type ExpressionBuilder, type SelectQueryBuilder, sql } from 'kysely';
import { aboveOf, parseTerritory } from '#modules/territory/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { isUuid } from '#platform/ids.ts';
import { isScope } from '#platform/permissions.ts';
import type { Tables } from '#platform/server/database/database.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { fold } from '#platform/text.ts';
import type { ApplicationKind, ApplicationStatus } from '../../application/application.ts';
import { readCall } from '../call-stream.ts';
import { zoneOf } from '../call-view.ts';
import { frameOf } from '../frames.ts';
import { type FileAccess, fileAccess } from '../selection/file-access.ts';
import { titleOf } from '../title.ts';
import '../tables.ts';

/** What a list of files is sorted by. */
export const fileSorts = ['number', 'title', 'holder', 'asked', 'deposited', 'changed'] as const;
export type FileSort = (typeof fileSorts)[number];

/** What a list of files keeps; each is optional, and what is not understood keeps everything. */
export interface FileFilters {
  readonly kind: ApplicationKind;
  readonly text: string;
  readonly status: ApplicationStatus | undefined;
  readonly axis: number | undefined;
  /** A territory: the files that say they act somewhere in it. */
  readonly territory: string;
  readonly legalForm: string;
  /** Bounds of what is asked from the call, in whole cents. */
  readonly least: number | undefined;
  readonly most: number | undefined;
  /** Id of a member of the jury: the files entrusted to them. */
  readonly evaluator: string;
  readonly sort: FileSort;
  readonly descending: boolean;
}

/** A file as a list says it. */
export interface FileLine {
  readonly id: string;
  readonly number: number;
  readonly status: ApplicationStatus;
  readonly title: string;
  readonly holder: string;
  readonly siren: string;
  readonly legal_form: string;
  readonly asked_cents: number;
  readonly total_cents: number;
  readonly axes: readonly number[];
  readonly territories: readonly string[];
  readonly deposited_at: Temporal.Instant | null;
  /** It was asked to be completed, and is, after the day that was asked for. */
  readonly late: boolean;
}

type Opened = Extract<FileAccess, { open: true }>;
type Query<Row> = SelectQueryBuilder<Tables, 'call_application', Row>;

/**
 * The deposited files of a call that the actor may read, filtered and sorted; `total` and the choices of filters count and
 * name only these (I-6). `take`: how many, from `skip` on; all, if not said. Not open: says why.
 */
export const filesOf = async (
  context: PersonContext,
  call: string,
  filters: FileFilters,
  { take, skip = 0 }: { readonly take?: number; readonly skip?: number } = {},
) => {
  const access = await fileAccess(context, call);
  if (!access.open) return access;
  const state = await readCall(context, call);
  if (!state) return { open: false, because: 'stranger' } as const;
  const { db } = context;
  const all = depositedFiles(db.selectFrom('call_application'), call, access).where('kind', '=', filters.kind);
  const kept = filtered(context, all, { ...filters, evaluator: entrusts(access) ? filters.evaluator : '' });
  const sorted = kept
    .select(['id', 'number', 'status', 'title', 'holder', 'siren', 'legal_form'])
    .select(['asked_cents', 'total_cents', 'axes', 'territories', 'deposited_at'])
    .select((eb) => eb.exists(lateAnswer(eb)).as('late'))
    .orderBy(columns[filters.sort], filters.descending ? 'desc' : 'asc')
    .orderBy('id');
  const [rows, counted, statuses, legalForms, evaluators] = await Promise.all([
    (take === undefined ? sorted : sorted.limit(take).offset(skip)).execute(),
    kept
      .select(({ fn }) => [fn.countAll<number>().as('total'), fn.sum<number>('asked_cents').as('asked')])
      .executeTakeFirstOrThrow(),
    all
      .select(['status', ({ fn }) => fn.countAll<number>().as('files')])
      .groupBy('status')
      .orderBy('status')
      .execute(),
    all.select('legal_form').distinct().where('legal_form', '!=', '').orderBy('legal_form').limit(200).execute(),
    evaluatorsOf(context, call, access),
  ]);
  return {
    ...{ open: true as const, role: access.role, total: counted.total, asked: Number(counted.asked ?? 0) },
    ...{ rows: rows.map((row) => ({ ...row, late: Boolean(row.late) })) as readonly FileLine[], statuses, evaluators },
    ...{
      call: state,
      title: await titleOf(context, state),
      zone: state.calendar?.zone ?? zoneOf(context, state.territory),
    },
    axes: frameOf(state.frame).axes.filter(({ number }) => state.axes.includes(number)),
    legalForms: legalForms.map(({ legal_form }) => legal_form),
  };
};

/** The deposited files of a call, without those that the access hides. */
const depositedFiles = <Row>(query: Query<Row>, call: string, { recused, only }: Opened): Query<Row> => {
  const deposited = query
    .where('call', '=', call)
    .where('deposited_at', 'is not', null)
    .where(sql<boolean>`not (id = any(${[...recused]}::uuid[]))`);
  return only === undefined ? deposited : deposited.where(sql<boolean>`id = any(${[...only]}::uuid[])`);
};

const filtered = <Row>(context: PersonContext, query: Query<Row>, filters: FileFilters): Query<Row> => {
  const { status, axis, territory, legalForm, least, most, evaluator } = filters;
  let kept = query;
  for (const word of fold(filters.text).split(' ').filter(Boolean).slice(0, 10))
    kept = kept.where('words', 'like', `%${word}%`);
  if (status) kept = kept.where('status', '=', status);
  if (axis !== undefined) kept = kept.where(sql<boolean>`axes @> array[${axis}]::integer[]`);
  if (territory !== '')
    kept = kept.where(sql<boolean>`territories && ${[...territoriesIn(context, territory)]}::text[]`);
  if (legalForm !== '') kept = kept.where('legal_form', '=', legalForm);
  if (least !== undefined) kept = kept.where('asked_cents', '>=', least);
  if (most !== undefined) kept = kept.where('asked_cents', '<=', most);
  if (isUuid(evaluator))
    kept = kept.where(
      sql<boolean>`exists (select from call_evaluation as given
        where given.application = call_application.id and given.juror = ${evaluator} and given.status <> 'declined')`,
    );
  return kept;
};

/** A territory, what lies in it and what it lies in: who acts in a commune acts in its département, and who acts in all of it too. */
const territoriesIn = ({ indexes }: PersonContext, scope: string): readonly string[] => {
  const index = indexes.get(territoryIndex);
  const territory = isScope(scope) ? parseTerritory(scope) : undefined;
  if (!territory?.ok) return [scope];
  const communes = index.communesOf(territory.value);
  const above = communes.flatMap(({ code, epci }) => [`commune:${code}`, ...(epci ? [`epci:${epci}`] : [])]);
  const departements = communes.map(({ departement }) => `departement:${departement}`);
  return [...new Set([scope, ...aboveOf(index, territory.value), ...above, ...departements])];
};

const lateAnswer = (eb: ExpressionBuilder<Tables, 'call_application'>) =>
  eb
    .selectFrom('call_completion')
    .select('call_completion.id')
    .whereRef('call_completion.application', '=', 'call_application.id')
    .whereRef('answered_at', '>', 'due');

/** Who evaluates: for those who entrust files, nobody else. */
const evaluatorsOf = async ({ db }: PersonContext, call: string, access: Opened) =>
  entrusts(access)
    ? db
        .selectFrom('call_juror')
        .select(['id', 'name'])
        .where('call', '=', call)
        .where('left_at', 'is', null)
        .orderBy('name')
        .orderBy('id')
        .execute()
    : [];

const entrusts = ({ role }: Opened): boolean => role === 'instructor' || role === 'president';

const columns = {
  number: 'number',
  title: 'title',
  holder: 'holder',
  asked: 'asked_cents',
  deposited: 'deposited_at',
  changed: 'changed_at',
} as const satisfies Record<FileSort, string>;
