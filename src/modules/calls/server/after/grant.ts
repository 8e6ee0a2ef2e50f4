import { dayAt } from '#platform/clock.ts';
import type { Context } from '#platform/server/context.ts';
import type { Grant, GrantLine } from '../../after/agreement.ts';
import type { CallState } from '../../call.ts';
import { usesOf } from '../../selection/allocation.ts';
import { type DecisionState, issueOf } from '../../selection/decision.ts';
import '../selection/decision-tables.ts';

/**
 * What was decided and told for the laureates of a call, by application, line by line. Somebody who gave up is none of
 * them, nor is whoever a corrected decision still waits to be told to.
 */
export const grantsOf = async (
  { db }: Pick<Context, 'db'>,
  id: string,
  call: CallState,
): Promise<ReadonlyMap<string, Grant>> => {
  const rows = await decided(db, id).where('status', '=', 'notified').execute();
  return grantsIn(call, rows);
};

/** What every organiser signed for the laureates of a call, told or not yet, by application. */
export const signedGrants = async (
  { db }: Pick<Context, 'db'>,
  id: string,
  call: CallState,
): Promise<ReadonlyMap<string, Grant>> => {
  const rows = await decided(db, id)
    .where('signed', '=', true)
    .where('status', 'in', ['written', 'prepared', 'notified'])
    .execute();
  return grantsIn(call, rows);
};

const decided = (db: Context['db'], call: string) =>
  db.selectFrom('call_decision').select(['application', 'state']).where('call', '=', call);

/** What was decided and told for one application. */
export const grantOf = async (
  { db }: Pick<Context, 'db'>,
  application: string,
  call: CallState,
): Promise<Grant | undefined> => {
  const row = await db
    .selectFrom('call_decision')
    .select('state')
    .where('application', '=', application)
    .where('status', '=', 'notified')
    .executeTakeFirst();
  return row && grantIn(call, row.state as DecisionState);
};

/** Whether the decision on an application was corrected since an ISO day. */
export const correctedSince = async (
  { db }: Pick<Context, 'db'>,
  application: string,
  day: string,
  zone: string,
): Promise<boolean> => {
  const row = await db
    .selectFrom('call_decision')
    .select('state')
    .where('application', '=', application)
    .executeTakeFirst();
  return ((row?.state as DecisionState | undefined)?.corrections ?? []).some(
    ({ at }) => dayAt(Temporal.Instant.from(at), zone).toString() >= day,
  );
};

const grantsIn = (
  call: CallState,
  rows: readonly { readonly application: string; readonly state: unknown }[],
): ReadonlyMap<string, Grant> =>
  new Map(
    rows.flatMap(({ application, state }) => {
      const grant = grantIn(call, state as DecisionState);
      return grant ? [[application, grant] as const] : [];
    }),
  );

const grantIn = (call: CallState, { ruling }: DecisionState): Grant | undefined => {
  if (!ruling || !issueOf(ruling.issue).gives) return undefined;
  const lines = usesOf(call.money.envelopes, ruling.amounts).flatMap(({ key, funder, line, given }): GrantLine[] =>
    given > 0 ? [{ key, funder, line, cents: given }] : [],
  );
  const at = call.results?.at ?? call.publishedAt ?? '';
  return { lines, decidedOn: dayAt(Temporal.Instant.from(at), call.calendar?.zone ?? 'Europe/Paris').toString() };
};
