import { oneLine } from '#platform/text.ts';
import type { AccountId, Context } from '../context.ts';
import type { PersonContext } from './require-person.ts';
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

/** A name to show, from whatever somebody or a provider wrote: one line, of 80 signs at most, or nothing. */
export const readName = (typed: string): string | undefined =>
  [...oneLine(typed)].slice(0, 80).join('').trim() || undefined;

/** Changes the name that a person shows. An empty one is no name. */
export const rename = async ({ db, actor }: PersonContext, typed: string): Promise<void> => {
  const name = readName(typed) ?? null;
  await db
    .updateTable('account')
    .set({ name })
    .where('id', '=', actor.account)
    .where('erased_at', 'is', null)
    .execute();
};
