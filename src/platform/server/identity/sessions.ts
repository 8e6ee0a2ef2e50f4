import { sql } from 'kysely';
import type { Grant, Membership } from '#platform/permissions.ts';
import { todayIn } from '../../clock.ts';
import type { AccountId, Context, Person } from '../context.ts';
import { noteSeen } from './idle.ts';
import { hashOf, looksLikeSecret, newSecret, seal, unseal } from './secret.ts';
import './tables.ts';

/** How long a session lasts, in hours: a month; half a day for somebody who decides for a territory. */
export const sessionHours = { person: 30 * 24, agent: 12 } as const;

/** How somebody came in. */
export interface Arrival {
  /** In plain words, see `deviceOf`. */
  readonly device: string;
  /** Who vouched for them, and the word that this provider wants back when they leave. */
  readonly vouched?: { readonly provider: string; readonly idToken: string };
}

/** Opens a session. `token` is for the browser alone: only its hash is kept. */
export const openSession = async (
  { db, clock }: Context,
  account: AccountId,
  { device, vouched }: Arrival,
): Promise<{ token: string; expiresAt: Temporal.Instant }> => {
  const token = newSecret();
  const now = clock.now();
  const grant = await db.selectFrom('agency_grant').select('id').where('account', '=', account).limit(1).execute();
  const expiresAt = now.add({ hours: grant.length > 0 ? sessionHours.agent : sessionHours.person });
  await db
    .insertInto('account_session')
    .values({
      ...{ token_hash: hashOf(token), account, device, created_at: now, expires_at: expiresAt },
      seen_on: todayIn(clock, 'Europe/Paris'),
      provider: vouched?.provider ?? null,
      sealed_id_token: vouched ? seal(token, vouched.idToken) : null,
    })
    .execute();
  await noteSeen({ db, clock }, account);
  return { token, expiresAt };
};

/**
 * Who holds this token, with what they may do now, in one query. Nothing for a session that ended, was closed or never
 * was. Notes the day on which the session was last used.
 */
export const readSession = async ({ db, clock }: Context, token: string): Promise<Person | undefined> => {
  if (!looksLikeSecret(token)) return undefined;
  const hash = hashOf(token);
  const today = todayIn(clock, 'Europe/Paris');
  const { rows } = await sql<Row>`
    with seen as (
      update account_session set seen_on = ${today}
      where token_hash = ${hash} and seen_on < ${today} and expires_at > ${clock.now()}
    )
    select account_session.id as session, account_session.created_at as since, account.id as account, account.email, account.name,
      (select json_agg(json_build_object('organisation', organisation, 'role', role))
        from membership where membership.account = account.id) as memberships,
      (select json_agg(json_build_object('agency', agency, 'role', role, 'scope', scope))
        from agency_grant where agency_grant.account = account.id) as grants
    from account_session join account on account.id = account_session.account
    where token_hash = ${hash} and expires_at > ${clock.now()} and account.email is not null`.execute(db);
  const [row] = rows;
  return (
    row && {
      ...{ kind: 'person', account: row.account, session: row.session, since: row.since, email: row.email },
      name: row.name ?? undefined,
      memberships: row.memberships ?? [],
      grants: row.grants ?? [],
    }
  );
};

interface Row {
  readonly session: string;
  readonly since: Temporal.Instant;
  readonly account: AccountId;
  readonly email: string;
  readonly name: string | null;
  readonly memberships: Membership[] | null;
  readonly grants: Grant[] | null;
}

/** A session as its owner reads it in a list. */
export interface ListedSession {
  readonly id: string;
  readonly device: string;
  readonly openedAt: Temporal.Instant;
  readonly seenOn: Temporal.PlainDate;
  /** The one of this request. */
  readonly current: boolean;
}

/** The open sessions of a person, the last used first. */
export const listSessions = async ({ db, clock }: Context, person: Person): Promise<ListedSession[]> => {
  const rows = await db
    .selectFrom('account_session')
    .select(['id', 'device', 'created_at', 'seen_on'])
    .where('account', '=', person.account)
    .where('expires_at', '>', clock.now())
    .orderBy('seen_on', 'desc')
    .orderBy('created_at', 'desc')
    .execute();
  return rows.map(({ id, device, created_at, seen_on }) => ({
    ...{ id, device, openedAt: created_at, seenOn: seen_on },
    current: id === person.session,
  }));
};

/** Closes sessions of a person: one, all but the one in use, or all. Somebody else's is never touched. */
export const closeSessions = async (
  { db }: Context,
  person: Person,
  which: 'others' | 'all' | { readonly id: string },
): Promise<void> => {
  let query = db.deleteFrom('account_session').where('account', '=', person.account);
  if (which === 'others') query = query.where('id', '<>', person.session);
  if (typeof which === 'object') query = query.where('id', '=', which.id);
  await query.execute();
};

/**
 * Closes the session of a token, when somebody leaves or comes in anew. Returns what the provider who vouched wants to
 * hear, if one did.
 */
export const closeSessionOf = async (
  { db }: Context,
  token: string,
): Promise<{ provider: string; idToken: string } | undefined> => {
  const closed = await db
    .deleteFrom('account_session')
    .where('token_hash', '=', hashOf(token))
    .returning(['provider', 'sealed_id_token'])
    .executeTakeFirst();
  const idToken = closed?.sealed_id_token ? unseal(token, closed.sealed_id_token) : undefined;
  return closed?.provider && idToken ? { provider: closed.provider, idToken } : undefined;
};
