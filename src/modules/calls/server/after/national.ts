import { can } from '#platform/permissions.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { type AxisLine, byAxis, byNext } from '../../after/evaluation.ts';
import type { NextStep } from '../../after/report.ts';
import type { CallState } from '../../call.ts';
import { agreedIn, linesOf } from './follow-up.ts';
import { grantsOf } from './grant.ts';

/** What the projects of an edition come to, in all of France: counts alone, no project and no person. */
export interface NationalEvaluation {
  readonly calls: number;
  readonly projects: number;
  readonly granted: number;
  readonly paid: number;
  readonly agreements: number;
  readonly reports: number;
  readonly axes: readonly AxisLine[];
  readonly next: ReadonlyMap<NextStep | 'unknown', number>;
}

/**
 * The evaluation of the projects of an edition, for whoever follows calls for the ministry. Only what was notified
 * counts: no draft, and nothing of a file under selection.
 */
export const nationalEvaluation = async (
  context: PersonContext,
  edition: string,
): Promise<NationalEvaluation | undefined> => {
  if (!can(context.actor, 'call.follow')) return undefined;
  const calls = await context.db
    .selectFrom('call')
    .select(['id', 'state'])
    .where('edition', '=', edition)
    .where('kind', '=', 'regional')
    .where('status', 'in', ['notified', 'finished'])
    .orderBy('id')
    .execute();
  const granted = new Map<string, number>();
  for (const { id, state } of calls) {
    for (const application of await agreedIn(context, id)) granted.set(application, 0);
    for (const [application, { lines }] of await grantsOf(context, id, state as CallState))
      granted.set(
        application,
        lines.reduce((sum, { cents }) => sum + cents, 0),
      );
  }
  const lines = await linesOf(context, [...granted.keys()]);
  const sum = (values: readonly number[]): number => values.reduce((total, one) => total + one, 0);
  return {
    ...{ calls: calls.length, projects: lines.length, granted: sum([...granted.values()]) },
    paid: sum(lines.map(({ paid }) => paid)),
    agreements: lines.filter(({ agreement }) => agreement.inForce !== null).length,
    reports: lines.filter(({ agreement }) => agreement.reports.some(({ status }) => status === 'validated')).length,
    axes: byAxis(lines.map(({ measured }) => measured)),
    next: byNext(lines.map(({ permanence }) => permanence)),
  };
};
