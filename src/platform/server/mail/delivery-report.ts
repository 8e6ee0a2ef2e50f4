import { isUuid } from '#platform/ids.ts';
import type { Context } from '../context.ts';
import { readMailbox } from './address.ts';
import { noteRefusal } from './addresses.ts';
import { readMail } from './outbox.ts';
import { leadsNowhere } from './refusal.ts';

/**
 * What a notification of failure (RFC 3464) says of one of our messages: which, by the Message-ID that we gave it and nobody
 * can guess, and why. Nothing for any other mail: an answer, an absence, a delay, somebody else’s message.
 */
export const readDeliveryReport = (raw: string): { readonly id: string; readonly status: string } | undefined => {
  if (!/^content-type:\s*message\/delivery-status/im.test(raw) || !/^action:\s*failed\b/im.test(raw)) return undefined;
  const status = /^status:\s*(5\.\d{1,3}\.\d{1,3})\b/im.exec(raw)?.[1];
  const id = [...raw.matchAll(/^message-id:\s*<([0-9a-f-]{36})@/gim)].map(([, found = '']) => found).find(isUuid);
  return status && id ? { id, status } : undefined;
};

/**
 * Takes what came back to the sender’s mailbox: when it says that one of our messages reached nobody, its address is known
 * to lead nowhere. False when it says nothing of the kind.
 */
export const takeDeliveryReport = async (context: Context, raw: string): Promise<boolean> => {
  const report = readDeliveryReport(raw);
  const mail = report && (await readMail(context.db, report.id));
  const address = mail && readMailbox(mail.recipient)?.address;
  if (!report || !address) return false;
  if (!leadsNowhere({ code: 550, enhanced: report.status, aboutRecipient: true })) return false;
  await noteRefusal(context.db, address, report.status, context.clock.now());
  return true;
};
