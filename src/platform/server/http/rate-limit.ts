import { createHmac, randomBytes } from 'node:crypto';
import { isIPv6 } from 'node:net';
import type pg from 'pg';
import {
  type RateLimiterAbstract,
  RateLimiterMemory,
  RateLimiterPostgres,
  RateLimiterRes,
} from 'rate-limiter-flexible';
import { mailboxOf, readEmail } from '#platform/email.ts';
import type { Settings } from '../settings.ts';

export type Limit =
  | { readonly allowed: true }
  /** `retryAfterSeconds`: at least 1, for the header Retry-After. */
  | { readonly allowed: false; readonly retryAfterSeconds: number };

export interface RateLimits {
  /** One request to the public API from this address. Counted in this process. */
  api(address: string): Promise<Limit>;
  /** One sending of the form `name` from this address. Counted by all processes together. */
  form(name: string, address: string): Promise<Limit>;
  /** One step of signing in from this address: asking for a message, giving an answer. Counted by all together. */
  signIn(step: 'ask' | 'answer', address: string): Promise<Limit>;
  /** One message to this mailbox, asked for by whoever types its address. Counted by all together. */
  mailbox(email: string): Promise<Limit>;
}

/** How many messages that anybody may ask for one mailbox receives, so that nobody floods somebody else's. */
export const mailboxLimit = { messages: 6, minutes: 15 } as const;

/**
 * Counts what comes from an address, without keeping the address: keys are hashes with a secret; those of forms are
 * erased by `retention.apply` once they end. When the database is away, forms are counted in the process.
 */
export const createRateLimits = (
  settings: Pick<
    Settings,
    'API_REQUESTS_PER_MINUTE' | 'FORMS_PER_QUARTER_HOUR' | 'SIGN_INS_PER_QUARTER_HOUR' | 'DATABASE_URL'
  >,
  pool: pg.Pool,
): RateLimits => {
  const api = new RateLimiterMemory({ points: settings.API_REQUESTS_PER_MINUTE, duration: 60 });
  const together = (prefix: string, points: number, minutes: number): RateLimiterAbstract => {
    const limit = { points, duration: minutes * 60, keyPrefix: prefix };
    return new RateLimiterPostgres({
      ...limit,
      storeClient: pool,
      storeType: 'pool',
      tableName: 'rate_limit',
      tableCreated: true,
      // `retention.apply` does it.
      clearExpiredByTimeout: false,
      // Who is over the limit is not worth a question to the database each time.
      inMemoryBlockOnConsumed: points + 1,
      insuranceLimiter: new RateLimiterMemory(limit),
    });
  };
  const forms = together('form', settings.FORMS_PER_QUARTER_HOUR, 15);
  const signIns = together('sign-in', settings.SIGN_INS_PER_QUARTER_HOUR, 15);
  const mailboxes = together('mailbox', mailboxLimit.messages, mailboxLimit.minutes);
  const ofThisProcess = randomBytes(16);
  // The same for all processes, and not written in the database: its address holds its password.
  const ofThisInstallation = settings.DATABASE_URL ?? ofThisProcess;
  return {
    api: (address) => consume(api, hashed(ofThisProcess, networkOf(address))),
    form: (name, address) => consume(forms, hashed(ofThisInstallation, `${name} ${networkOf(address)}`)),
    signIn: (step, address) => consume(signIns, hashed(ofThisInstallation, `${step} ${networkOf(address)}`)),
    // `sam+1@…`, `sam+2@…` are read by one person.
    mailbox: (email) => consume(mailboxes, hashed(ofThisInstallation, mailboxOf(email))),
  };
};

/** Whether a form may have a message sent to what was typed as a mailbox. What is none has no limit: it is refused elsewhere. */
export const mayWriteTo = async (limits: RateLimits, typed: string): Promise<boolean> => {
  const email = readEmail(typed);
  return email === undefined || (await limits.mailbox(email)).allowed;
};

const hashed = (secret: string | Buffer, text: string): string =>
  createHmac('sha256', secret).update(text).digest('base64url');

/** The part of an address that stands for one subscriber: all of IPv4, the first 64 bits of IPv6. */
export const networkOf = (address: string): string => {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped || !isIPv6(address)) return mapped ?? address;
  // The URL parser writes an IPv6 address in its one shortest form.
  const shortest = new URL(`http://[${address.replace(/%.*$/, '')}]`).hostname.slice(1, -1);
  const [head = '', tail] = shortest.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail ? tail.split(':') : [];
  const missing = tail === undefined ? 0 : 8 - before.length - after.length;
  return [...before, ...Array<string>(missing).fill('0'), ...after].slice(0, 4).join(':');
};

const consume = async (limiter: RateLimiterAbstract, key: string): Promise<Limit> => {
  try {
    await limiter.consume(key);
    return { allowed: true };
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error;
    return { allowed: false, retryAfterSeconds: Math.max(1, Math.ceil(error.msBeforeNext / 1_000)) };
  }
};
