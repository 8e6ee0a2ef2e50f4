import { coversIn } from '#modules/territory/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { can } from '#platform/permissions.ts';
import type { Context } from '#platform/server/context.ts';
import type { CallState } from '../../call.ts';
import { standingsOf } from './standings.ts';

/**
 * Whether an agent of the organisers who declared their interests may read each of some files: whoever did not declare has no
 * file open, and is waited for by nobody.
 */
export const someAgentReads = async (
  context: Context,
  id: string,
  call: Pick<CallState, 'agencies' | 'territory'>,
  files: readonly string[],
): Promise<boolean> => {
  const writers = await writersOf(context, call);
  return (await standingsOf(context, id)).some(
    ({ account, state, hidden }) =>
      account !== undefined && writers.has(account) && state.status === 'declared' && !files.some(hidden),
  );
};

/** The accounts that write a call for one of its organisers now. */
const writersOf = async (
  { db, indexes }: Context,
  { agencies, territory }: Pick<CallState, 'agencies' | 'territory'>,
): Promise<ReadonlySet<string>> => {
  const covers = coversIn(indexes.get(territoryIndex));
  const grants = await db
    .selectFrom('agency_grant')
    .select(['account', 'agency', 'role', 'scope'])
    .where('agency', 'in', [...agencies])
    .execute();
  const held = grants.filter(({ account, agency, ...grant }) =>
    can(
      { kind: 'person', account, memberships: [], grants: [{ agency, ...grant }] },
      ...(['call.write', { agency, territory }, covers] as const),
    ),
  );
  return new Set(held.map(({ account }) => account));
};
