import { type Action, type Covers, can, notAllowed, type Target } from '#platform/permissions.ts';
import { ok, type Result, refuse } from '#platform/result.ts';
import type { Context, Person } from '../context.ts';
import './tables.ts';

/**
 * Whether the actor may do this *now*, to be asked inside the transaction that does it. Reads the roles again and holds
 * them until the transaction ends: somebody removed a moment ago is refused, and a removal under way waits or wins.
 */
export const authorise = async (
  context: Context,
  action: Action,
  target: Target,
  covers?: Covers,
): Promise<Result<void>> => {
  const { actor } = context;
  const who = actor.kind === 'person' ? await asOfNow(context, actor) : actor;
  return who && can(who, action, target, covers) ? ok(undefined) : refuse(notAllowed);
};

/** Nothing when the account was erased or the session closed meanwhile. */
const asOfNow = async ({ db }: Context, person: Person): Promise<Person | undefined> => {
  const account = await db
    .selectFrom('account')
    .innerJoin('account_session', 'account_session.account', 'account.id')
    .select('account.id')
    .where('account.id', '=', person.account)
    .where('account_session.id', '=', person.session)
    .forShare('account')
    .executeTakeFirst();
  if (!account) return undefined;
  const memberships = await db
    .selectFrom('membership')
    .select(['organisation', 'role'])
    .where('account', '=', person.account)
    .forShare()
    .execute();
  const grants = await db
    .selectFrom('agency_grant')
    .select(['agency', 'role', 'scope'])
    .where('account', '=', person.account)
    .forShare()
    .execute();
  return { ...person, memberships, grants };
};
