import { sql } from 'kysely';
import type { Context } from '#platform/server/context.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import type { CallState } from '../../call.ts';
import { type LineUse, pooledUse, usesOf } from '../../selection/allocation.ts';
import {
  type DecisionState,
  type IssueCode,
  issueCodes,
  issueOf,
  noDecision,
  takenBy,
} from '../../selection/decision.ts';
import { placeOf } from '../call-view.ts';
import { publicCall } from '../public-calls.ts';
import { allocated } from './decisions.ts';
import { type FileAccess, fileAccess } from './file-access.ts';
import '../after/tables.ts';
import './decision-tables.ts';

/** One file of a call, with where its decision stands. */
export interface ResultLine {
  readonly id: string;
  readonly number: number;
  readonly title: string;
  readonly holder: string;
  readonly status: string;
  readonly askedCents: number;
  readonly decision: DecisionState;
  readonly signed: boolean;
  /** Its agreement was ended, and what it received is not free yet. */
  readonly ended: boolean;
}

/** The files of a call that are decided on, without those that the actor is recused from. */
export const resultLines = async (
  { db }: Pick<Context, 'db'>,
  call: string,
  access: Extract<FileAccess, { open: true }>,
): Promise<readonly ResultLine[]> => {
  let query = db
    .selectFrom('call_application')
    .leftJoin('call_decision', 'call_decision.application', 'call_application.id')
    .leftJoin('call_agreement', 'call_agreement.application', 'call_application.id')
    .select(['call_agreement.status as agreement'])
    .select(['id', 'number', 'title', 'holder', 'call_application.status', 'asked_cents'])
    .select(['call_decision.state as decision', 'call_decision.signed'])
    .where('call_application.call', '=', call)
    .where('kind', '=', 'full')
    .where('call_application.status', 'not in', ['draft', 'lapsed', 'withdrawn', 'absent'])
    .where(sql<boolean>`not id = any(${[...access.recused]}::uuid[])`)
    .orderBy('number');
  if (access.only) query = query.where(sql<boolean>`id = any(${[...access.only]}::uuid[])`);
  const rows = await query.execute();
  return rows.map(({ asked_cents, decision, signed, agreement, ...row }) => ({
    ...{ ...row, askedCents: asked_cents, signed: signed ?? false },
    ended:
      agreement === 'terminated' &&
      (decision as DecisionState | null)?.status !== 'released' &&
      Object.keys(takenBy((decision as DecisionState | null) ?? noDecision)).length > 0,
    decision: (decision as DecisionState | null) ?? noDecision,
  }));
};

/** The decisions of a call as its organisers see them, with what is left of each line and who comes next. */
export const resultsView = async (context: PersonContext, id: string, call: CallState) => {
  const access = await fileAccess(context, id);
  if (!access.open) return access;
  const lines = await resultLines(context, id, access);
  const uses = usesOf(call.money.envelopes, await allocated(context, id));
  const counts = countsOf(lines);
  return { open: true as const, access, lines, counts, uses, pooled: pooledUse(uses), next: nextOfList(lines, uses) };
};

/** What is left to do, among the files that the actor may read: those that they are recused from are not counted (I-6). */
const countsOf = (lines: readonly ResultLine[]) => ({
  incomplete: lines.filter(({ status }) => status === 'incomplete').length,
  undecided: lines.filter(
    ({ status, decision, signed }) => !signed && (toDecide.includes(status) || decision.status === 'written'),
  ).length,
  unwritten: lines.filter(
    ({ status, decision }) =>
      decision.status === 'written' || (status === 'inadmissible' && decision.status === 'absent'),
  ).length,
});

const toDecide = ['deposited', 'incomplete', 'admissible', 'evaluating', 'evaluated', 'deliberated'];

/**
 * The first of the complementary list, once the results are fixed and money is left: proposed, never taken by itself.
 * Ranks are those that the organisers gave.
 */
const nextOfList = (lines: readonly ResultLine[], uses: readonly LineUse[]): ResultLine | undefined =>
  uses.some(({ left }) => left > 0)
    ? lines
        .filter(({ decision }) => decision.ruling?.issue === 'reserve')
        .sort((a, b) => (a.decision.ruling?.rank ?? 0) - (b.decision.ruling?.rank ?? 0))[0]
    : undefined;

/** Who was chosen, as everybody reads it once the results are notified. Nothing before, and nobody who was not told. */
export const publicResults = async (context: Context, slug: string) => {
  const found = await publicCall(context, slug);
  const { results, money } = found?.call ?? {};
  if (!found || !money || !results?.notifiedAt) return undefined;
  const laureates = await toldLaureates(context, slug);
  return { ...found, laureates, notifiedAt: results.notifiedAt, shown: money.shown };
};

/**
 * Who was chosen and told, of one call or of all: what everybody may read of a file, the last call to close first. Of the last
 * five hundred calls at most, as their list.
 */
export const toldLaureates = async (context: Context, slug?: string) => {
  let told = context.db
    .selectFrom('call')
    .select(['id', 'slug', 'state'])
    .where('status', 'in', ['notified', 'finished'])
    .orderBy('closes_at', 'desc')
    .orderBy('id')
    .limit(500);
  if (slug !== undefined) told = told.where('slug', '=', slug);
  const calls = await told.execute();
  if (calls.length === 0) return [];
  const rows = await context.db
    .selectFrom('call_decision')
    .innerJoin('call_application', 'call_application.id', 'call_decision.application')
    .select(['call_application.id', 'number', 'title', 'holder', 'territories', 'issue'])
    .select(['call_decision.state', 'call_decision.call as ofCall'])
    .where('call_decision.status', '=', 'notified')
    .where('issue', 'in', given)
    .where(
      'call_decision.call',
      'in',
      calls.map(({ id }) => id),
    )
    .orderBy('number')
    .execute();
  const ofCalls = Map.groupBy(rows, ({ ofCall }) => ofCall);
  return calls.flatMap(({ id, slug: named, state: call }) =>
    (ofCalls.get(id) ?? []).map(({ ofCall: _, state, territories, issue, ...row }) => ({
      ...{ ...row, slug: named, call: call as CallState, issue: issue satisfies IssueCode, scopes: territories },
      territories: territories.map((scope) => placeOf(context, scope as CallState['territory']).name),
      cents: Object.values(takenBy(state as DecisionState)).reduce((sum, cents) => sum + cents, 0),
    })),
  );
};

const given = issueCodes.filter((code) => issueOf(code).gives);
