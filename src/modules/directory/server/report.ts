import { z } from 'zod';
import { near as words } from '#messages/fr/near.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import type { Context } from '#platform/server/context.ts';
import './tables.ts';

/** What somebody says is wrong with a place or a service, or that one is missing. */
export interface ReportInput {
  readonly subject: 'place' | 'service' | 'missing';
  readonly slug: string;
  readonly message: string;
  readonly reply: string;
}

/** The longest message, in signs. */
export const MOST_SIGNS = 2_000;

/** What a report is about, by its name; undefined for one that does not exist. */
export const reportSubject = async (
  { db }: Context,
  subject: ReportInput['subject'],
  slug: string,
): Promise<{ readonly id: number; readonly name: string } | undefined> => {
  if (subject === 'missing') return undefined;
  const query = db.selectFrom(subject).select(['id', 'name']).where('slug', '=', slug);
  // Even the name of a confidential place is not told.
  const row = await (subject === 'place' ? query.where('confidential', '=', false) : query).executeTakeFirst();
  return row && { id: row.id, name: row.name };
};

/**
 * Writes a report down for who keeps the directory. Nothing changes in the directory itself. Refuses an empty or too long
 * message and an address that is not one.
 */
export const reportError = async (context: Context, input: ReportInput): Promise<Result<void, Refusal[]>> => {
  const message = input.message.trim();
  const reply = input.reply.trim();
  const refusals: Refusal[] = [];
  if (message === '') refusals.push({ code: 'empty', field: 'message', message: words.report.empty });
  if (message.length > MOST_SIGNS) refusals.push({ code: 'too_long', field: 'message', message: words.report.tooLong });
  if (reply !== '' && !z.safeParse(z.email().max(254), reply).success) {
    refusals.push({ code: 'bad_email', field: 'reply', message: words.report.badEmail });
  }
  if (refusals.length > 0) return refuse(refusals);
  const subject = await reportSubject(context, input.subject, input.slug);
  await context.db
    .insertInto('directory_report')
    .values({
      id: crypto.randomUUID(),
      subject: subject ? input.subject : 'missing',
      subject_id: subject?.id ?? 0,
      message,
      reply_to: reply || null,
      created_at: context.clock.now().toString(),
      closed_at: null,
    })
    .execute();
  return ok(undefined);
};
