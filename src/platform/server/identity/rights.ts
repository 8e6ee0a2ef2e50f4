import { type AccountId, type Context, inTransaction } from '../context.ts';
import { endGrants } from './grants.ts';
import { endMemberships } from './members.ts';
import type { PersonContext } from './require-person.ts';
import '../mail/outbox.ts';
import './tables.ts';

/**
 * All that the house keeps of a person as an account, as plain values for JSON (article 15 and 20 of the GDPR). Not the
 * words that open doors, which are kept as hashes only.
 */
export const exportAccount = async ({ db, actor }: PersonContext) => {
  const { account } = actor;
  const own = await db
    .selectFrom('account')
    .select(['id', 'email', 'name', 'created_at', 'seen_on', 'warned_at'])
    .where('id', '=', account)
    .executeTakeFirstOrThrow();
  const sessions = await db
    .selectFrom('account_session')
    .select(['device', 'created_at', 'seen_on', 'expires_at', 'provider'])
    .where('account', '=', account)
    .execute();
  const passkeys = await db
    .selectFrom('account_passkey')
    .select(['name', 'created_at', 'used_on'])
    .where('account', '=', account)
    .execute();
  const federations = await db
    .selectFrom('account_federation')
    .select(['provider', 'issuer', 'subject', 'created_at'])
    .where('account', '=', account)
    .execute();
  const memberships = await db
    .selectFrom('membership')
    .select(['organisation', 'role', 'since'])
    .where('account', '=', account)
    .execute();
  const grants = await db
    .selectFrom('agency_grant')
    .select(['agency', 'role', 'scope', 'granted_at'])
    .where('account', '=', account)
    .execute();
  const invitations = await db
    .selectFrom('invitation')
    .select(['organisation_name', 'role', 'created_at', 'expires_at'])
    .where('email', '=', actor.email)
    .execute();
  const journal = await db
    .selectFrom('journal_event')
    .select(['stream', 'version', 'type', 'recorded_at'])
    .where('actor', '=', `person:${account}`)
    .orderBy('recorded_at')
    .limit(10_000)
    .execute();
  const messages = await db
    .selectFrom('mail_outbox')
    .select(['subject', 'body', 'posted_at', 'status'])
    .where('recipient', '=', actor.email)
    .where('secret', '=', false)
    .orderBy('posted_at')
    .limit(10_000)
    .execute();
  return { account: own, sessions, passkeys, federations, memberships, grants, invitations, messages, journal };
};

/**
 * Erases an account: its e-mail, its name, its ways in, its roles, the messages it was sent. The empty row stays, so that
 * the journal still tells that the same person did two things, and no longer who. What modules keep of the person is
 * theirs to erase before: the house has the list.
 */
export const eraseAccount = (context: Context, account: AccountId): Promise<void> =>
  inTransaction(context, async (inside) => {
    const { db, clock } = inside;
    const row = await db.selectFrom('account').select('email').where('id', '=', account).forUpdate().executeTakeFirst();
    const email = row?.email;
    if (!email) return;
    await endMemberships(inside, account);
    await endGrants(inside, account);
    await db.deleteFrom('account_session').where('account', '=', account).execute();
    await db.deleteFrom('account_passkey').where('account', '=', account).execute();
    await db.deleteFrom('account_challenge').where('account', '=', account).execute();
    await db.deleteFrom('account_federation').where('account', '=', account).execute();
    await db
      .deleteFrom('account_proof')
      .where(({ eb, or }) => or([eb('account', '=', account), eb('email', '=', email)]))
      .execute();
    await db
      .deleteFrom('invitation')
      .where(({ eb, or }) => or([eb('email', '=', email), eb('invited_by', '=', account)]))
      .execute();
    await db.deleteFrom('mail_outbox').where('recipient', '=', email).execute();
    await db
      .updateTable('account')
      .set({ email: null, name: null, seen_on: null, warned_at: null, erased_at: clock.now() })
      .where('id', '=', account)
      .execute();
  });
