import { sql } from 'kysely';
import { z } from 'zod';
import { near as words } from '#messages/fr/near.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import type { Context } from '#platform/server/context.ts';
import type { Database } from '#platform/server/database/database.ts';
import './tables.ts';

/** What somebody says is wrong with a place or a service, or that one is missing. */
export interface ReportInput {
  readonly subject: 'place' | 'service' | 'missing';
  readonly slug: string;
  readonly message: string;
  readonly reply: string;
}

/** The longest message, in signs. */
const MOST_SIGNS = 2_000;

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

/** A report as the operator reads it. */
export interface Report {
  readonly id: string;
  readonly subject: 'place' | 'service' | 'missing';
  /** Of what it is about; undefined for a place that is missing, or whose row is no more. */
  readonly name: string | undefined;
  readonly slug: string | undefined;
  readonly message: string;
  readonly replyTo: string | null;
  readonly createdAt: Temporal.Instant;
  readonly closedAt: Temporal.Instant | null;
}

/** The reports that wait, or those that were dealt with, the most recent first. `after` continues a list: its last one. */
export const listReports = async (
  db: Database,
  {
    closed,
    after,
    limit = 50,
  }: { closed: boolean; after?: { readonly createdAt: Temporal.Instant; readonly id: string }; limit?: number },
): Promise<Report[]> => {
  let query = db
    .selectFrom('directory_report as report')
    .leftJoin('place', (join) =>
      join.onRef('place.id', '=', 'report.subject_id').on('report.subject', '=', sql.lit('place')),
    )
    .leftJoin('service', (join) =>
      join.onRef('service.id', '=', 'report.subject_id').on('report.subject', '=', sql.lit('service')),
    )
    .selectAll('report')
    .select(({ fn }) => [
      fn.coalesce('place.name', 'service.name').as('name'),
      fn.coalesce('place.slug', 'service.slug').as('slug'),
    ])
    .where('report.closed_at', closed ? 'is not' : 'is', null)
    .orderBy('report.created_at', 'desc')
    .orderBy('report.id')
    .limit(limit);
  if (after) {
    // Reports written in the same moment follow by their id.
    query = query.where(({ eb, and, or }) =>
      or([
        eb('report.created_at', '<', after.createdAt),
        and([eb('report.created_at', '=', after.createdAt), eb('report.id', '>', after.id)]),
      ]),
    );
  }
  return (await query.execute()).map((row) => ({
    ...{ id: row.id, subject: row.subject, message: row.message, replyTo: row.reply_to },
    ...{ name: row.name ?? undefined, slug: row.slug ?? undefined },
    ...{ createdAt: row.created_at, closedAt: row.closed_at },
  }));
};

/** How many reports wait. */
export const countReports = async (db: Database): Promise<number> => {
  const { count } = await db
    .selectFrom('directory_report')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('closed_at', 'is', null)
    .executeTakeFirstOrThrow();
  return count;
};

/** Says that a report was dealt with, or that it waits again. False when there is none of this id. */
export const markReport = async ({ db, clock }: Context, id: string, closed: boolean): Promise<boolean> => {
  const { numUpdatedRows } = await db
    .updateTable('directory_report')
    .set({ closed_at: closed ? clock.now().toString() : null })
    .where('id', '=', id)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
};

/** Days after which reports are erased: after they were dealt with, and in any case. */
export const reportDaysKept = { closed: 30, open: 365 } as const;
