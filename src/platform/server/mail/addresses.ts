import { createHash } from 'node:crypto';
import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../database/database.ts';

/**
 * What is known of an address: that mail servers refuse it, or that its reader wants no reminder. Kept under a hash, so that
 * an address that must not be written to again is not a list of addresses.
 */
interface MailAddressTable {
  /** See `addressHash`. */
  hash: string;
  refused_at: Temporal.Instant | null;
  /** « 550 5.1.1 », never a sentence: those of mail servers quote addresses. */
  refusal: string | null;
  /** Since when its reader wants nothing that they did not ask for. */
  silent_since: Temporal.Instant | null;
}

declare module '#platform/server/database/database.ts' {
  interface Tables {
    mail_address: MailAddressTable;
  }
}

/** Stands for an address, however it is written. */
export const addressHash = (email: string): string =>
  createHash('sha256').update(email.trim().toLowerCase()).digest('hex');

/** The same of a column, in SQL. */
const hashOfColumn = (email: RawBuilder<unknown>): RawBuilder<string> =>
  sql`encode(sha256(convert_to(lower(trim(${email})), 'UTF8')), 'hex')`;

/** SQL: whether mail servers refuse the address of a column. */
export const isRefused = (email: RawBuilder<unknown>): RawBuilder<boolean> =>
  sql`exists (select from mail_address where hash = ${hashOfColumn(email)} and refused_at is not null)`;

/** SQL: whether the reader of the address of a column wants no message that they did not ask for. */
export const isSilent = (email: RawBuilder<unknown>): RawBuilder<boolean> =>
  sql`exists (select from mail_address where hash = ${hashOfColumn(email)} and silent_since is not null)`;

/** A mail server says that nobody reads this address. */
export const noteRefusal = async (
  db: Database,
  email: string,
  refusal: string,
  at: Temporal.Instant,
): Promise<void> => {
  const refused = { refused_at: at, refusal };
  await db
    .insertInto('mail_address')
    .values({ hash: addressHash(email), silent_since: null, ...refused })
    .onConflict((known) => known.column('hash').doUpdateSet(refused))
    .execute();
};

/** Somebody has just read a message sent to this address (its hash): whatever a server said before, it lives. */
export const forgetRefusal = async (db: Database, hash: string): Promise<void> => {
  await db
    .updateTable('mail_address')
    .set({ refused_at: null, refusal: null })
    .where('hash', '=', hash)
    .where('refused_at', 'is not', null)
    .execute();
};

/** From now on this address receives nothing that its reader did not ask for; or it does again. By its hash. */
export const setSilent = async (db: Database, hash: string, since: Temporal.Instant | null): Promise<void> => {
  await db
    .insertInto('mail_address')
    .values({ hash, refused_at: null, refusal: null, silent_since: since })
    .onConflict((known) => known.column('hash').doUpdateSet({ silent_since: since }))
    .execute();
};

/** Whether this address wants to be left alone, and whether servers refuse it. */
export const readAddress = async (
  db: Database,
  email: string,
): Promise<{ readonly refused: boolean; readonly silent: boolean }> => {
  const row = await db
    .selectFrom('mail_address')
    .select(['refused_at', 'silent_since'])
    .where('hash', '=', addressHash(email))
    .executeTakeFirst();
  return { refused: row?.refused_at != null, silent: row?.silent_since != null };
};
