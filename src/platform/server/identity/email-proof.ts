import { sql } from 'kysely';
import pg from 'pg';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import { isUuid } from '../../ids.ts';
import { type AccountId, type Context, inTransaction, inTransactionKept } from '../context.ts';
import type { Database } from '../database/database.ts';
import { addressHash, forgetRefusal } from '../mail/addresses.ts';
import { accountOfEmail } from './accounts.ts';
import { providerLabel } from './identities.ts';
import { changedMail, changeMail, identityTiedMail, signInMail, tieMail } from './mails.ts';
import { hashOf, looksLikeSecret, newCode, newSecret } from './secret.ts';
import './tables.ts';

/** Minutes that a link and its code live, and how many codes may be tried. */
export const proofLimits = { minutes: 15, tries: 5 } as const;

/** Somebody as a provider vouches for them, waiting for an e-mail to be proved. */
export interface Vouched {
  readonly issuer: string;
  readonly subject: string;
  readonly provider: string;
}

interface Asked {
  /** As `readEmail` returns it. */
  readonly email: string;
  /** Where the link of the message leads, when the site knows its own address for sure; else the code is all. */
  readonly origin: string | undefined;
  /** Where to go afterwards, see `localPath`. */
  readonly next: string;
  /** Who wants this e-mail to be theirs from now on. Absent: somebody signs in. */
  readonly account?: AccountId;
  readonly vouched?: Vouched | undefined;
}

/**
 * Sends a message whose link or code proves that its reader reads this mailbox. Whether the address has an account is not
 * even looked at: the answer and the time it takes are the same. Returns the word that the browser which asked keeps; the
 * code is worth nothing without it. Whoever wants to tie an identity to this mailbox, or to change for it, gets a code and no
 * link: a link pressed by a reader in a hurry would give their account to whoever typed their address.
 */
export const askProof = (context: Context, asked: Asked): Promise<{ browserWord: string }> =>
  inTransaction(context, async (inside) => {
    const { browserWord, token, code } = await prepareProof(inside, asked);
    const { minutes } = proofLimits;
    const link = asked.origin && `${asked.origin}/connexion/lien?${new URLSearchParams({ jeton: token })}`;
    const words = asked.account
      ? changeMail(code, minutes)
      : asked.vouched
        ? tieMail(providerLabel(asked.vouched.provider), code, minutes)
        : signInMail(code, link, minutes);
    await inside.mail.post({ to: asked.email, secret: true, ...words });
    return { browserWord };
  });

/** The same without a message: for somebody at the terminal, who is shown the link. `minutes`: how long it lives. */
export const prepareProof = async (
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  { email, next, account, vouched }: Omit<Asked, 'origin'>,
  minutes: number = proofLimits.minutes,
): Promise<{ browserWord: string; token: string; code: string }> => {
  const [secret, token, code] = [newSecret(), newSecret(), newCode()];
  const { id } = await db
    .insertInto('account_proof')
    .values({
      ...{ email, next, token_hash: hashOf(token), code_hash: hashOf(code, secret) },
      ...{ purpose: account ? 'change_email' : 'sign_in', account: account ?? null, tries_left: proofLimits.tries },
      federation: vouched ? JSON.stringify(vouched) : null,
      expires_at: clock.now().add({ minutes }),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return { browserWord: `${id}.${secret}`, token, code };
};

/** What was asked from this browser, while it can still be answered. */
export const readAsked = async (
  { db, clock }: Context,
  browserWord: string | undefined,
): Promise<{ email: string; vouched: Vouched | undefined } | undefined> => {
  const word = parted(browserWord);
  if (!word) return undefined;
  const row = await db
    .selectFrom('account_proof')
    .select(['email', 'federation'])
    .where('id', '=', word.id)
    .where('expires_at', '>', clock.now())
    .executeTakeFirst();
  return row && { email: row.email, vouched: readVouched(row.federation) };
};

/** Whether a link still opens, without using it up: programs that read mails open links. */
export const linkIsAlive = async ({ db, clock }: Context, token: string): Promise<boolean> =>
  looksLikeSecret(token) &&
  (await db
    .selectFrom('account_proof')
    .select('id')
    .where('token_hash', '=', hashOf(token))
    .where('federation', 'is', null)
    .where('expires_at', '>', clock.now())
    .executeTakeFirst()) !== undefined;

/** Whose e-mail was proved, and where they wanted to go. */
export interface Proved {
  readonly account: AccountId;
  readonly purpose: 'sign_in' | 'change_email';
  readonly next: string;
}

/**
 * Signs in with the link. It serves once; of two at the same moment, one. An e-mail is never changed, nor an identity tied,
 * by a link: somebody who opens it without reading would give their address, or their account, to another.
 */
export const proveByLink = (context: Context, token: string): Promise<Result<Proved>> =>
  inTransactionKept(context, async (inside) => {
    if (!looksLikeSecret(token)) return refuse(deadLink);
    const { rows } = await sql<Row>`
      delete from account_proof
      where token_hash = ${hashOf(token)} and purpose = 'sign_in' and federation is null
        and expires_at > ${inside.clock.now()}
      returning email, purpose, account, federation, next`.execute(inside.db);
    return rows[0] ? settle(inside, rows[0]) : refuse(deadLink);
  });

/**
 * Answers with the code, in the browser that asked. A wrong one costs one of five tries; after the fifth a new message is
 * needed, whatever is typed.
 */
export const proveByCode = (
  context: Context,
  browserWord: string | undefined,
  typed: string,
): Promise<Result<Proved>> =>
  inTransactionKept(context, async (inside) => {
    const word = parted(browserWord);
    if (!word) return refuse(deadCode);
    const { id, secret } = word;
    const now = inside.clock.now();
    const { rows: tried } = await sql<{ code_hash: string; tries_left: number }>`
      update account_proof set tries_left = tries_left - 1
      where id = ${id} and expires_at > ${now} and tries_left > 0
      returning code_hash, tries_left`.execute(inside.db);
    const [proof] = tried;
    if (!proof) return refuse(deadCode);
    // Hashes of secrets of 256 bits are compared: the time it takes says nothing of the code.
    if (hashOf(typed.replaceAll(/\s/g, ''), secret) !== proof.code_hash) {
      return refuse(proof.tries_left > 0 ? wrongCode : deadCode);
    }
    const { rows } = await sql<Row>`
      delete from account_proof where id = ${id}
      returning email, purpose, account, federation, next`.execute(inside.db);
    return rows[0] ? settle(inside, rows[0]) : refuse(deadCode);
  });

interface Row {
  readonly email: string;
  readonly purpose: 'sign_in' | 'change_email';
  readonly account: AccountId | null;
  readonly federation: string | null;
  readonly next: string | null;
}

/** Does what the e-mail was proved for. What else was asked for the same mailbox and purpose is worth nothing any more. */
const settle = async (inside: Context, row: Row): Promise<Result<Proved>> => {
  const next = row.next ?? '/mon-compte';
  const { db, clock } = inside;
  await forgetRefusal(db, addressHash(row.email));
  if (row.purpose === 'change_email') {
    if (!row.account) throw new Error('an e-mail is changed for nobody');
    return changeEmail(inside, row.account, row.email, next);
  }
  const account = await accountOfEmail(inside, row.email);
  const vouched = readVouched(row.federation);
  if (vouched) {
    const tied = await db
      .insertInto('account_federation')
      .values({ ...vouched, account, created_at: clock.now() })
      .onConflict((known) => known.columns(['issuer', 'subject']).doNothing())
      .returning('account')
      .executeTakeFirst();
    if (tied) await inside.mail.post({ to: row.email, ...identityTiedMail(providerLabel(vouched.provider)) });
  }
  await db.deleteFrom('account_proof').where('email', '=', row.email).where('purpose', '=', 'sign_in').execute();
  return ok({ account, next, purpose: 'sign_in' });
};

const changeEmail = async (
  { db, mail }: Context,
  account: AccountId,
  email: string,
  next: string,
): Promise<Result<Proved>> => {
  const taken = await db.selectFrom('account').select('id').where('email', '=', email).executeTakeFirst();
  if (taken) return taken.id === account ? ok({ account, next, purpose: 'change_email' }) : refuse(emailTaken);
  const former = await db
    .selectFrom('account')
    .select('email')
    .where('id', '=', account)
    .forUpdate()
    .executeTakeFirst();
  if (!former?.email) return refuse(deadLink);
  if (!(await giveEmail(db, account, email))) return refuse(emailTaken);
  await mail.post({ to: former.email, ...changedMail() });
  return ok({ account, next, purpose: 'change_email' });
};

/** Whether the e-mail is now the account's: somebody may have taken it since it was looked for, and that comes first. */
const giveEmail = async (db: Database, account: AccountId, email: string): Promise<boolean> => {
  await sql`savepoint email`.execute(db);
  try {
    await db.updateTable('account').set({ email }).where('id', '=', account).execute();
    return true;
  } catch (error) {
    if (!(error instanceof pg.DatabaseError) || error.code !== '23505') throw error;
    await sql`rollback to savepoint email`.execute(db);
    return false;
  }
};

const parted = (browserWord: string | undefined): { id: string; secret: string } | undefined => {
  const [id = '', secret = '', ...rest] = (browserWord ?? '').split('.');
  return isUuid(id) && looksLikeSecret(secret) && rest.length === 0 ? { id, secret } : undefined;
};

const readVouched = (kept: string | null): Vouched | undefined => (kept ? (JSON.parse(kept) as Vouched) : undefined);

const deadLink: Refusal = {
  code: 'link_dead',
  message: `Ce lien a déjà servi, ou il a plus de ${proofLimits.minutes} minutes. Demandez-en un nouveau.`,
};
const wrongCode: Refusal = {
  code: 'code_wrong',
  field: 'code',
  message: 'Ce n’est pas le code du dernier message. Relisez-le et essayez encore.',
};
const deadCode: Refusal = {
  code: 'code_dead',
  field: 'code',
  message: 'Ce code ne peut plus servir. Demandez un nouveau message.',
};
const emailTaken: Refusal = {
  code: 'email_taken',
  message: 'Cette adresse a déjà un compte ici. Connectez-vous avec elle, ou gardez l’adresse actuelle.',
};
