import { type Generated, type Selectable, sql } from 'kysely';
import { z } from 'zod';
import { type Context, inTransaction } from '../context.ts';
import type { Database } from '../database/database.ts';
import type { JobKind, Jobs } from '../jobs/jobs.ts';
import { readMailbox } from './address.ts';
import type { Mail, Mailer } from './mail.ts';

export interface MailOutboxTable {
  id: Generated<string>;
  recipient: string;
  subject: string;
  body: string;
  html: string | null;
  reply_to: string | null;
  key: string | null;
  unsubscribe: string | null;
  /** Its text opens a door and is not kept, see `Mail`. */
  secret: Generated<boolean>;
  status: Generated<MailStatus>;
  attempts: Generated<number>;
  /** Code of the trouble, without any address. */
  last_error: string | null;
  posted_at: Generated<Temporal.Instant>;
  tried_at: Temporal.Instant | null;
  sent_at: Temporal.Instant | null;
}

declare module '#platform/server/database/database.ts' {
  interface Tables {
    mail_outbox: MailOutboxTable;
  }
}

/** `kept`: there is no mail server, the message stays here to be read. `failed`: refused for good. */
export const mailStatuses = ['waiting', 'sent', 'kept', 'failed'] as const;
export type MailStatus = (typeof mailStatuses)[number];

export type OutboxMail = Selectable<MailOutboxTable>;

/** The job that sends one message of the outbox. What it does is in `deliver.ts`, with the settings of the mail server. */
export const deliverMail: JobKind<{ id: string }> = { name: 'mail.deliver', data: z.object({ id: z.uuid() }) };

/** The mailer of a context: it writes in the outbox, and the job sends. */
export const createMailer = (db: Database, jobs: Jobs): Mailer => ({
  post: async (mail) => {
    refuseInjection(mail);
    await (db.isTransaction
      ? write(db, jobs, mail)
      : db.transaction().execute((inside) => write(inside, jobs.inside(inside), mail)));
  },
  inside: createMailer,
});

const write = async (db: Database, jobs: Jobs, mail: Mail): Promise<void> => {
  const written = await db
    .insertInto('mail_outbox')
    .values({
      recipient: mail.to,
      subject: mail.subject,
      body: mail.text,
      html: mail.html ?? null,
      reply_to: mail.replyTo ?? null,
      secret: mail.secret ?? false,
      key: mail.key ?? null,
      unsubscribe: mail.unsubscribe ?? null,
    })
    .onConflict((known) => known.column('key').doNothing())
    .returning('id')
    .executeTakeFirst();
  if (written) await jobs.enqueue(deliverMail, { id: written.id }, { key: written.id });
};

const refuseInjection = ({ to, replyTo, subject, unsubscribe }: Mail): void => {
  if (!readMailbox(to)) throw new Error('the recipient of a mail is not one address');
  if (replyTo !== undefined && !readMailbox(replyTo)) throw new Error('the reply address of a mail is not one address');
  if (unsubscribe !== undefined && !URL.canParse(unsubscribe)) throw new Error('an address to stop mails is not one');
  if (/\p{Cc}/u.test(subject)) throw new Error('the subject of a mail holds a control character');
};

/**
 * Takes back what has not left yet for a mailbox, of the messages whose `unsubscribe` holds that path: whoever has just said
 * to stop hears nothing more. What is being sent at this very moment leaves.
 */
export const withdrawMails = async (db: Database, recipient: string, path: string): Promise<void> => {
  await sql`
    delete from mail_outbox where id in (
      select id from mail_outbox
      where recipient = ${recipient} and status = 'waiting' and position(${path} in unsubscribe) > 0
      for update skip locked)`.execute(db);
};

/** The most recent messages, without their text. `after` continues a list: its last message. */
export const listMails = (
  db: Database,
  {
    status,
    after,
    limit = 50,
  }: { status?: MailStatus; after?: Pick<OutboxMail, 'posted_at' | 'id'>; limit?: number } = {},
): Promise<Omit<OutboxMail, 'body' | 'html' | 'reply_to' | 'secret' | 'key' | 'unsubscribe'>[]> => {
  let query = db
    .selectFrom('mail_outbox')
    .select(['id', 'recipient', 'subject', 'status', 'attempts', 'last_error', 'posted_at', 'tried_at', 'sent_at'])
    .orderBy('posted_at', 'desc')
    .orderBy('id')
    .limit(limit);
  if (status) query = query.where('status', '=', status);
  if (after) {
    // Messages posted in one transaction share their moment.
    query = query.where(({ eb, and, or }) =>
      or([
        eb('posted_at', '<', after.posted_at),
        and([eb('posted_at', '=', after.posted_at), eb('id', '>', after.id)]),
      ]),
    );
  }
  return query.execute();
};

/** How many messages there are in each state. */
export const countMails = async (db: Database): Promise<Record<MailStatus, number>> => {
  const rows = await db
    .selectFrom('mail_outbox')
    .select(({ fn }) => ['status', fn.countAll<number>().as('count')])
    .groupBy('status')
    .execute();
  return { waiting: 0, sent: 0, kept: 0, failed: 0, ...Object.fromEntries(rows.map((row) => [row.status, row.count])) };
};

/** One message, whole. */
export const readMail = (db: Database, id: string): Promise<OutboxMail | undefined> =>
  db.selectFrom('mail_outbox').selectAll().where('id', '=', id).executeTakeFirst();

/**
 * Sends a message again, or for the first time when it was kept or failed. False when it does not exist, or was secret
 * and has left: nothing of it remains.
 */
export const resendMail = (context: Context, id: string): Promise<boolean> =>
  inTransaction(context, async ({ db, jobs }) => {
    const updated = await db
      .updateTable('mail_outbox')
      .set({ status: 'waiting', attempts: 0, last_error: null, tried_at: null, posted_at: context.clock.now() })
      .where('id', '=', id)
      .where(({ eb, or }) => or([eb('secret', '=', false), eb('status', '<>', 'sent')]))
      .executeTakeFirst();
    if (updated.numUpdatedRows === 0n) return false;
    await jobs.enqueue(deliverMail, { id }, { key: id });
    return true;
  });
