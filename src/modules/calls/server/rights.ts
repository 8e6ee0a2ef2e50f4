import type { AccountId, Context } from '#platform/server/context.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import './tables.ts';

/** What a person wrote in calls: their remarks, and the calls to which their mailbox was invited. */
export const exportCalls = async ({ db, actor }: PersonContext) => ({
  remarks: await db
    .selectFrom('call_remark')
    .select(['section', 'text', 'written_at'])
    .where('author', '=', actor.account)
    .orderBy('written_at')
    .execute(),
  invitations: await db
    .selectFrom('call_partner')
    .innerJoin('call', 'call.id', 'call_partner.call')
    .select(['call.slug', 'organisation', 'tasks', 'invited_at'])
    .where('email', '=', actor.email)
    .execute(),
});

/** Forgets the mailbox and the name of a person: what was decided stays, in the name of nobody. */
export const forgetInCalls = async ({ db }: Context, account: AccountId): Promise<void> => {
  const known = await db.selectFrom('account').select('email').where('id', '=', account).executeTakeFirst();
  if (known?.email) await db.deleteFrom('call_partner').where('email', '=', known.email).execute();
  await db.updateTable('call_remark').set({ author_name: 'Compte effacé' }).where('author', '=', account).execute();
};
