import type { AccountId, Context } from '../context.ts';
import './tables.ts';

/** Who an account is, in the words of its owner. */
export interface Account {
  readonly id: AccountId;
  readonly email: string;
  readonly name: string | undefined;
}

/**
 * The account of an e-mail that has just been proved, made when there is none: to sign in for the first time is to
 * register. Two who prove the same e-mail at once get the same account. `email`: as `readEmail` returns it.
 */
export const accountOfEmail = async ({ db, clock }: Context, email: string): Promise<AccountId> => {
  await db
    .insertInto('account')
    .values({ email, created_at: clock.now() })
    .onConflict((known) => known.column('email').doNothing())
    .execute();
  const { id } = await db.selectFrom('account').select('id').where('email', '=', email).executeTakeFirstOrThrow();
  return id as AccountId;
};

/** Names and e-mails of accounts, for screens. An erased account is not there. */
export const readAccounts = async ({ db }: Context, ids: readonly string[]): Promise<Account[]> => {
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom('account')
    .select(['id', 'email', 'name'])
    .where('id', 'in', ids)
    .where('email', 'is not', null)
    .execute();
  return rows.map(({ id, email, name }) => ({ id: id as AccountId, email: email ?? '', name: name ?? undefined }));
};
