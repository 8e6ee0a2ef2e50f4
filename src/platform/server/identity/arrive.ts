import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import { type AccountId, type Context, inTransaction, type Person } from '../context.ts';
import { accountOfEmail } from './accounts.ts';
import type { FederatedPerson } from './federation.ts';
import { providerLabel } from './identities.ts';
import { identityTiedMail } from './mails.ts';
import './tables.ts';

/**
 * The account of somebody for whom a provider vouches. `current`: who is already signed in here, and ties the two.
 * Returns nothing when an e-mail must be proved first: a provider's word for an e-mail that it did not verify would
 * otherwise open somebody else's account.
 */
export const accountOfFederated = (
  context: Context,
  federated: FederatedPerson,
  current: Person | undefined,
): Promise<Result<AccountId | undefined>> =>
  inTransaction(context, async (inside) => {
    const { db, clock, mail } = inside;
    const { issuer, subject, provider, email, emailProved, name } = federated;
    const known = await db
      .selectFrom('account_federation')
      .select('account')
      .where('issuer', '=', issuer)
      .where('subject', '=', subject)
      .executeTakeFirst();
    if (known) return current && current.account !== known.account ? refuse(ofAnother) : ok(known.account as AccountId);
    const account = current?.account ?? (email && emailProved ? await accountOfEmail(inside, email) : undefined);
    if (!account) return ok(undefined);
    await db
      .insertInto('account_federation')
      .values({ issuer, subject, provider, account, created_at: clock.now() })
      .execute();
    const to = current?.email ?? email;
    if (to) await mail.post({ to, ...identityTiedMail(providerLabel(provider)) });
    if (name) {
      await db.updateTable('account').set({ name }).where('id', '=', account).where('name', 'is', null).execute();
    }
    return ok(account);
  });

const ofAnother: Refusal = {
  code: 'federation_of_another',
  message: 'Cette identité est déjà liée à un autre compte. Déconnectez-vous, puis entrez par elle.',
};
