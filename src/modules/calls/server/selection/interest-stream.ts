import type { Context } from '#platform/server/context.ts';
import type { StreamDefinition } from '#platform/server/journal/stream.ts';
import { evolveInterest, type InterestEvent, type InterestState, noInterest } from '../../selection/interests.ts';
import './tables.ts';

/** The interests of one person for one call. The row is written before the first event: it knows whose they are. */
export const interestStream: StreamDefinition<InterestState, InterestEvent> = {
  name: 'interest',
  initial: noInterest,
  evolve: evolveInterest,
  project: async ({ db, clock }, id, state) => {
    await db
      .updateTable('call_interest')
      .set({ state: JSON.stringify(state), changed_at: clock.now() })
      .where('id', '=', id)
      .execute();
  },
};

/** What a person declared for a call. */
export const interestOf = async (context: Pick<Context, 'db'>, call: string, account: string) =>
  (await interestsByCall(context, [call], account)).get(call);

/** The same for several calls, by call. */
export const interestsByCall = async ({ db }: Pick<Context, 'db'>, calls: readonly string[], account: string) => {
  if (calls.length === 0) return new Map<string, never>();
  const rows = await db
    .selectFrom('call_interest')
    .select(['id', 'call', 'sirens', 'state'])
    .where('call', 'in', [...calls])
    .where('account', '=', account)
    .execute();
  return new Map(rows.map(({ call, ...row }) => [call, { ...row, state: row.state as InterestState }]));
};
