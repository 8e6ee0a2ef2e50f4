import { createTransport, type Transporter } from 'nodemailer';
import { z } from 'zod';
import { type Context, inTransaction } from '../context.ts';
import { type AnyJob, defineJob } from '../jobs/jobs.ts';
import type { Settings } from '../settings.ts';
import { readMailbox } from './address.ts';
import { noteRefusal } from './addresses.ts';
import { deliverMail, type OutboxMail } from './outbox.ts';
import { leadsNowhere } from './refusal.ts';

const forgottenText = 'Le texte de ce message servait à se connecter. Il n’est pas gardé.';

/** Tries of one message, over about four hours: a mail server that is away for the morning loses nothing. */
const tries = 9;
const firstDelay = 60;
/** Longer than any wait between two tries: after it, a waiting message has lost its job. */
const lost = { hours: 3 };

/** The jobs of the mail: sending, and sending what lost its job. */
export const mailJobs = (settings: Pick<Settings, 'SMTP_URL' | 'MAIL_FROM'>): readonly AnyJob[] => {
  const transport = settings.SMTP_URL
    ? createTransport(settings.SMTP_URL, {
        from: settings.MAIL_FROM,
        headers: { 'Auto-Submitted': 'auto-generated' },
        disableFileAccess: true,
        disableUrlAccess: true,
      })
    : undefined;
  return [
    defineJob<{ id: string }>({
      ...deliverMail,
      purpose: 'Envoie un message, ou le garde dans la boîte d’envoi quand aucun serveur de courrier n’est réglé.',
      retries: tries - 1,
      retryDelay: firstDelay,
      handle: (context, { id }) => deliver(context, id, transport, settings.MAIL_FROM),
    }),
    defineJob({
      name: 'mail.sweep',
      data: z.object({}),
      purpose: 'Reprend les messages qui attendent sans que rien ne les envoie, par exemple après une restauration.',
      every: '*/10 * * * *',
      handle: sweep,
    }),
  ];
};

/**
 * Sends one message. Its row stays locked meanwhile, so that two processes never send the same one together. A death
 * between the sending and its record sends it twice, with the same Message-ID.
 */
const deliver = async (
  context: Context,
  id: string,
  transport: Transporter | undefined,
  from: string,
): Promise<void> => {
  const trouble = await inTransaction(context, async ({ db, clock }) => {
    const mail = await db
      .selectFrom('mail_outbox')
      .selectAll()
      .where('id', '=', id)
      .where('status', '=', 'waiting')
      .forUpdate()
      .skipLocked()
      .executeTakeFirst();
    if (!mail) return undefined;
    const now = clock.now();
    const record = (
      change: Partial<Pick<OutboxMail, 'status' | 'last_error' | 'sent_at' | 'body' | 'html' | 'unsubscribe'>>,
    ) =>
      db
        .updateTable('mail_outbox')
        .set({ ...change, tried_at: now, attempts: mail.attempts + 1 })
        .where('id', '=', id)
        .execute();
    if (!transport) {
      await db.updateTable('mail_outbox').set({ status: 'kept' }).where('id', '=', id).execute();
      return undefined;
    }
    try {
      await send(transport, mail, from, now);
      const forgotten = mail.secret ? { body: forgottenText, html: null, unsubscribe: null } : {};
      await record({ status: 'sent', sent_at: now, last_error: null, ...forgotten });
      return undefined;
    } catch (error) {
      const told = explain(error);
      const final = told.permanent || mail.attempts + 1 >= tries;
      await record({ last_error: told.code, ...(final ? { status: 'failed' } : {}) });
      if (told.nowhere) await noteRefusal(db, readMailbox(mail.recipient)?.address ?? '', told.code, now);
      return final ? undefined : told.code;
    }
  });
  // Thrown outside of the transaction, which keeps the record of the attempt.
  if (trouble) throw new Error(`mail not sent: ${trouble}`);
};

const send = async (transport: Transporter, mail: OutboxMail, from: string, now: Temporal.Instant): Promise<void> => {
  const to = readMailbox(mail.recipient);
  const replyTo = mail.reply_to ? readMailbox(mail.reply_to) : undefined;
  const sender = readMailbox(from);
  if (!to) throw new Error('the recipient of a mail is not one address');
  await transport.sendMail({
    to,
    ...(replyTo ? { replyTo } : {}),
    subject: mail.subject,
    text: mail.body,
    ...(mail.html ? { html: mail.html } : {}),
    ...(mail.unsubscribe ? { headers: oneClick(mail.unsubscribe) } : {}),
    messageId: `<${mail.id}@${sender?.address.split('@')[1] ?? 'localhost'}>`,
    date: new Date(now.epochMilliseconds),
  });
};

/** Ends these messages in one gesture from the mail programme itself (RFC 8058). */
const oneClick = (address: string): Record<string, string> => ({
  'List-Unsubscribe': `<${address}>`,
  'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
});

/**
 * What a failure may leave behind: codes only, because the sentences of mail servers quote addresses.
 * Permanent: the server refused this message or this recipient (RFC 5321 §4.2.1, 5yz). A refused password is for the
 * operator to mend: the message waits. Nowhere: nobody reads that address.
 */
const explain = (error: unknown): { code: string; permanent: boolean; nowhere: boolean } => {
  const { code, responseCode, response, command } = error as {
    code?: string;
    responseCode?: number;
    response?: string;
    command?: string;
  };
  const enhanced = /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})/.exec(response ?? '')?.[1];
  return {
    code: [code ?? 'unknown', responseCode, enhanced].filter((part) => part !== undefined).join(' '),
    permanent: (code === 'EENVELOPE' || code === 'EMESSAGE') && (responseCode ?? 0) >= 500,
    nowhere:
      code === 'EENVELOPE' &&
      leadsNowhere({ code: responseCode ?? 0, enhanced, aboutRecipient: command === 'RCPT TO' }),
  };
};

const sweep = async (context: Context): Promise<void> => {
  const now = context.clock.now();
  const orphans = await context.db
    .selectFrom('mail_outbox')
    .select('id')
    .where('status', '=', 'waiting')
    .where(({ eb, and, or }) =>
      or([
        and([eb('tried_at', 'is', null), eb('posted_at', '<', now.subtract({ minutes: 10 }))]),
        eb('tried_at', '<', now.subtract(lost)),
      ]),
    )
    .execute();
  for (const { id } of orphans) await context.jobs.enqueue(deliverMail, { id }, { key: id });
  // Of an address that lives again, and whose reader asked for nothing, nothing is left to know.
  await context.db
    .deleteFrom('mail_address')
    .where('refused_at', 'is', null)
    .where('silent_since', 'is', null)
    .execute();
};
