import type { Database } from '../database/database.ts';
import type { Jobs } from '../jobs/jobs.ts';

/** One message. `text` is the whole message; `html` repeats it for those who prefer. No attachment. */
export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html?: string;
  readonly replyTo?: string;
  /** What the message says opens a door: its text is forgotten as soon as it has left, or after a day. */
  readonly secret?: true;
  /** At most one message with this key is ever written: whoever begins again after an accident writes no second one. */
  readonly key?: string;
  /**
   * Where one POST, without signing in, ends messages of this kind (RFC 8058): its path ends with a secret and
   * `/desabonnement`, see `isOneClick`.
   */
  readonly unsubscribe?: string;
}

export interface Mailer {
  /**
   * Puts a message in the outbox, in the current transaction if there is one; a job delivers it.
   * Header injection is impossible: line breaks in addresses and subject are refused (throws, a bug of the caller).
   */
  post(mail: Mail): Promise<void>;
  /** The same, writing through this transaction. */
  inside(db: Database, jobs: Jobs): Mailer;
}
