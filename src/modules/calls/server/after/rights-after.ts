import type { AccountId, Context } from '#platform/server/context.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import './tables.ts';

/** What a person signs for, and the reports that they wrote. */
export const exportAfter = async ({ db, actor }: PersonContext) => ({
  agreements: await db
    .selectFrom('call_agreement_party')
    .innerJoin('call_agreement_terms', 'call_agreement_terms.id', 'call_agreement_party.terms')
    .innerJoin('call_application', 'call_application.id', 'call_agreement_terms.application')
    .select(['call_application.title', 'call_agreement_terms.written_at'])
    .where('call_agreement_party.email', '=', actor.email)
    .orderBy('written_at')
    .execute(),
  reports: await db
    .selectFrom('call_report')
    .select(['content', 'written_at'])
    .where('written_by', '=', actor.account)
    .orderBy('written_at')
    .execute(),
});

/** Forgets the mailbox of a person: what they signed stays as it was signed. */
export const forgetInAfter = async ({ db }: Context, account: AccountId): Promise<void> => {
  const known = await db.selectFrom('account').select('email').where('id', '=', account).executeTakeFirst();
  if (known?.email)
    await db.updateTable('call_agreement_party').set({ email: '' }).where('email', '=', known.email).execute();
};
