import type { PersonContext } from './require-person.ts';
import './tables.ts';

/** What people call each provider, by the word of its addresses. */
const labels: Readonly<Record<string, string>> = {
  proconnect: 'ProConnect',
  'pro-sante-connect': 'Pro Santé Connect',
};

/** A provider as people call it: « Pro Santé Connect ». */
export const providerLabel = (name: string): string => labels[name] ?? name;

/** The identities of providers by which the actor may come in, the oldest first. */
export const listIdentities = ({ db, actor }: PersonContext) =>
  db
    .selectFrom('account_federation')
    .select(['issuer', 'subject', 'provider', 'created_at'])
    .where('account', '=', actor.account)
    .orderBy('created_at')
    .orderBy('issuer')
    .orderBy('subject')
    .execute();

/** Unties an identity from the account of the actor, and from no other. Their mailbox still opens it. */
export const removeIdentity = async (
  { db, actor }: PersonContext,
  identity: { readonly issuer: string; readonly subject: string },
): Promise<void> => {
  await db
    .deleteFrom('account_federation')
    .where('account', '=', actor.account)
    .where('issuer', '=', identity.issuer)
    .where('subject', '=', identity.subject)
    .execute();
};
