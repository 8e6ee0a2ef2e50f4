import type { Clock } from '#platform/clock.ts';
import type { Brand } from '#platform/ids.ts';
import type { Grant, Membership } from '#platform/permissions.ts';
import type { Database } from './database/database.ts';
import type { FileStore } from './files/store.ts';
import type { Indexes } from './indexes.ts';
import type { Jobs } from './jobs/jobs.ts';
import type { Logger } from './log.ts';
import type { Mailer } from './mail/mail.ts';

/** Identifier of an account. It says nothing of the person: the journal may keep it for ever. */
export type AccountId = Brand<string, 'AccountId'>;

/** Somebody who signed in, with what they may do at the moment of this request. */
export interface Person {
  readonly kind: 'person';
  readonly account: AccountId;
  /** Identifier of the session, for the list of sessions. */
  readonly session: string;
  /** When they proved to be themselves, in this browser. */
  readonly since: Temporal.Instant;
  readonly email: string;
  /** The name that they chose to show. */
  readonly name: string | undefined;
  readonly memberships: readonly Membership[];
  readonly grants: readonly Grant[];
}

/**
 * Who asks. `visitor`: nobody in particular. `operator`: somebody at the machine itself, through loopback, who did not
 * sign in. `system`: the house's own jobs and scripts. What each may do: `can` of `permissions.ts`.
 */
export type Actor = Person | { readonly kind: 'visitor' } | { readonly kind: 'operator' } | { readonly kind: 'system' };

/** All that a query or a command may use of the outside world. One per request; nothing is global. */
export interface Context {
  readonly db: Database;
  readonly clock: Clock;
  readonly actor: Actor;
  readonly jobs: Jobs;
  readonly mail: Mailer;
  /** Read indexes kept in the memory of this process. */
  readonly indexes: Indexes;
  /** Files of the house, in a folder or a bucket. They take part in no transaction. */
  readonly files: FileStore;
  readonly log: Logger;
}

/**
 * Runs `work` in one transaction: what it writes, the jobs it enqueues and the mails it posts happen together or not
 * at all. A refusal, at whatever step, undoes what the steps before wrote, as an exception does. Inside, only the context it
 * receives may be used. Nested calls join the outer transaction, whose own answer decides.
 */
export const inTransaction = async <T>(context: Context, work: (inside: Context) => Promise<T>): Promise<T> => {
  if (context.db.isTransaction) return work(context);
  let refused: { readonly answer: T } | undefined;
  try {
    return await context.db.transaction().execute(async (db) => {
      const jobs = context.jobs.inside(db);
      const answer = await work({ ...context, db, jobs, mail: context.mail.inside(db, jobs) });
      if (!isRefusal(answer)) return answer;
      refused = { answer };
      throw turnedBack;
    });
  } catch (error) {
    if (error === turnedBack && refused) return refused.answer;
    throw error;
  }
};

/** The same where what is written before a refusal stays: a wrong code costs a try. To be called outside any transaction. */
export const inTransactionKept = async <T>(context: Context, work: (inside: Context) => Promise<T>): Promise<T> =>
  (await inTransaction(context, async (inside) => ({ answer: await work(inside) }))).answer;

/** Not an accident: how a transaction is told to undo itself. */
const turnedBack = new Error('refused');

const isRefusal = (answer: unknown): boolean =>
  typeof answer === 'object' && answer !== null && 'ok' in answer && answer.ok === false;
