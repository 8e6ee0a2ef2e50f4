import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { type AgreementState, nextParty, noAgreement } from '../../after/agreement.ts';
import { type Measured, measuredOf } from '../../after/evaluation.ts';
import { paidOf } from '../../after/payment.ts';
import type { NextStep, ReportContent } from '../../after/report.ts';
import type { ShowcaseStatus } from '../../after/showcase.ts';
import type { SnapshotContent } from '../../application/snapshot.ts';
import type { CallState } from '../../call.ts';
import { readCall } from '../call-stream.ts';
import { fileAccess } from '../selection/file-access.ts';
import { grantsOf } from './grant.ts';
import './tables.ts';

/** One laureate of a call, and where what follows stands. */
export interface FollowedLine {
  readonly id: string;
  readonly number: number;
  readonly title: string;
  readonly holder: string;
  readonly granted: number;
  readonly paid: number;
  readonly agreement: AgreementState;
  /** Who signs next, by its id; undefined when nobody does. */
  readonly next: string | undefined;
  readonly showcase: ShowcaseStatus;
  readonly permanence: NextStep | undefined;
  readonly measured: readonly Measured[];
}

/**
 * The laureates of a call that the actor may follow, and those that were, by number. Files that they are recused from are left out, and so from
 * every count. Nothing for who does not organise the call, or has not declared their interests.
 */
export const followUpOf = async (
  context: PersonContext,
  id: string,
): Promise<{ readonly call: CallState; readonly lines: readonly FollowedLine[] } | undefined> => {
  const call = await readCall(context, id);
  const access = call && (await fileAccess(context, id));
  if (!call || !access?.open || access.role !== 'instructor') return undefined;
  const grants = await grantsOf(context, id, call);
  const known = new Set([...grants.keys(), ...(await agreedIn(context, id))]);
  const seen = [...known].filter((application) => !access.recused.has(application));
  const lines = await linesOf(context, seen);
  return {
    call,
    lines: lines.map((line) => ({
      ...line,
      granted: grants.get(line.id)?.lines.reduce((sum, { cents }) => sum + cents, 0) ?? 0,
    })),
  };
};

/** The applications of a call that came to an agreement: those whose laureate gave up since are followed to their end. */
export const agreedIn = async ({ db }: Pick<PersonContext, 'db'>, call: string): Promise<readonly string[]> => {
  const rows = await db
    .selectFrom('call_agreement')
    .select('application')
    .where('call', '=', call)
    .where('status', '!=', 'absent')
    .orderBy('application')
    .execute();
  return rows.map(({ application }) => application);
};

/** The same of applications whose rights were asked. */
export const linesOf = async (
  { db }: Pick<PersonContext, 'db'>,
  ids: readonly string[],
): Promise<readonly Omit<FollowedLine, 'granted'>[]> => {
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom('call_application')
    .leftJoin('call_agreement', 'call_agreement.application', 'call_application.id')
    .leftJoin('call_showcase', 'call_showcase.application', 'call_application.id')
    .select(['call_application.id', 'number', 'title', 'holder', 'call_agreement.state', 'call_showcase.status'])
    .where('call_application.id', 'in', [...ids])
    .orderBy('call_application.call')
    .orderBy('number')
    .execute();
  const snapshots = await db
    .selectFrom('call_snapshot')
    .select(['application', 'content'])
    .where('application', 'in', [...ids])
    .orderBy('number')
    .execute();
  // The last one of each: the others are written over.
  const deposited = new Map(snapshots.map(({ application, content }) => [application, content as SnapshotContent]));
  const states = rows.map((row) => ({ ...row, agreement: (row.state ?? noAgreement) as AgreementState }));
  const reports = await reportsOf(
    { db },
    states.map(({ agreement }) => agreement),
  );
  return states.map(({ id, number, title, holder, status, agreement }) => {
    const given = agreement.reports.findLast(({ content }) => content !== null)?.content?.id;
    return {
      ...{ id, number, title, holder, agreement, paid: paidOf(agreement.payments), next: nextParty(agreement) },
      ...{ showcase: status ?? 'absent', permanence: agreement.permanence?.next },
      measured: measuredOf(deposited.get(id)?.indicators.indicators ?? [], given ? reports.get(given) : undefined),
    };
  });
};

const reportsOf = async (
  { db }: Pick<PersonContext, 'db'>,
  agreements: readonly AgreementState[],
): Promise<ReadonlyMap<string, ReportContent>> => {
  const ids = agreements.flatMap(({ reports }) => reports.flatMap(({ content }) => content?.id ?? []));
  if (ids.length === 0) return new Map();
  const rows = await db.selectFrom('call_report').select(['id', 'content']).where('id', 'in', ids).execute();
  return new Map(rows.map(({ id, content }) => [id, content as ReportContent]));
};
