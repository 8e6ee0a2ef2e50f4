import type { Generated } from 'kysely';
import type { AgencyKind, AgencyRole, OrganisationRole, Scope } from '../../permissions.ts';

/** One person who signs in. Erased: the row stays, empty, so that what refers to it still stands. */
interface AccountTable {
  id: Generated<string>;
  /** Folded, see `readEmail`. Absent once erased. */
  email: string | null;
  name: string | null;
  created_at: Temporal.Instant;
  erased_at: Temporal.Instant | null;
  /** The last day on which they signed in or answered; nothing for who has not since this is noted. */
  seen_on: Generated<Temporal.PlainDate | null>;
  /** When they were told that the account will end for want of a sign of life. */
  warned_at: Generated<Temporal.Instant | null>;
}

interface AccountSessionTable {
  id: Generated<string>;
  /** Of the cookie, which only the browser holds. */
  token_hash: string;
  account: string;
  /** In plain words: « Firefox sur Windows ». */
  device: string;
  created_at: Temporal.Instant;
  expires_at: Temporal.Instant;
  seen_on: Temporal.PlainDate;
  /** Name of the provider who vouched, and what it asks for at the end, readable with the cookie only. */
  provider: string | null;
  sealed_id_token: string | null;
}

/** A message under way whose answer proves an e-mail. */
interface AccountProofTable {
  id: Generated<string>;
  email: string;
  purpose: 'sign_in' | 'change_email';
  /** Of the link. */
  token_hash: string;
  /** Of the code, mixed with a secret that only the browser that asked holds. */
  code_hash: string;
  tries_left: number;
  /** Who changes their e-mail. */
  account: string | null;
  /** Who vouched before, and is tied to the account when the e-mail is proved. */
  federation: string | null;
  next: string | null;
  expires_at: Temporal.Instant;
}

interface AccountPasskeyTable {
  /** Identifier of the credential, base64url. */
  id: string;
  account: string;
  public_key: string;
  counter: number;
  transports: string;
  name: string;
  created_at: Temporal.Instant;
  used_on: Temporal.PlainDate | null;
}

/** A question sent to a passkey, to be answered once. */
interface AccountChallengeTable {
  challenge_hash: string;
  /** Who adds a passkey; absent when somebody signs in. */
  account: string | null;
  expires_at: Temporal.Instant;
}

/** Somebody as an OpenID provider knows them. */
interface AccountFederationTable {
  issuer: string;
  subject: string;
  account: string;
  provider: string;
  created_at: Temporal.Instant;
}

interface MembershipTable {
  account: string;
  organisation: string;
  role: OrganisationRole;
  since: Temporal.Instant;
}

interface InvitationTable {
  id: Generated<string>;
  organisation: string;
  /** As it was called when the message left. */
  organisation_name: string;
  email: string;
  role: OrganisationRole;
  invited_by: string;
  created_at: Temporal.Instant;
  expires_at: Temporal.Instant;
}

interface AgencyGrantTable {
  id: Generated<string>;
  account: string;
  agency: AgencyKind;
  role: AgencyRole;
  scope: Scope;
  /** Absent when the house gave it: the first administrator. */
  granted_by: string | null;
  granted_at: Temporal.Instant;
}

declare module '#platform/server/database/database.ts' {
  interface Tables {
    account: AccountTable;
    account_session: AccountSessionTable;
    account_proof: AccountProofTable;
    account_passkey: AccountPasskeyTable;
    account_challenge: AccountChallengeTable;
    account_federation: AccountFederationTable;
    membership: MembershipTable;
    invitation: InvitationTable;
    agency_grant: AgencyGrantTable;
  }
}
