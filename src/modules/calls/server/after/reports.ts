import { createHash, randomUUID } from 'node:crypto';
import { isUuid } from '#platform/ids.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import { type Context, inTransaction } from '#platform/server/context.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { canonical, type Json } from '#platform/server/journal/chain.ts';
import { noSuchReport } from '../../after/after-refusals.ts';
import { decideReport, REPORT_AFTER, type ReportOrder } from '../../after/decide-follow-up.ts';
import {
  emptyReport,
  type GivenReport,
  type ReportContent,
  type ReportKind,
  reportSchema,
} from '../../after/report.ts';
import { reload } from '../../step-table.ts';
import { snapshotsOf } from '../application/snapshots.ts';
import { settled } from '../call-stream.ts';
import { asOne } from '../calls.ts';
import { keepText } from '../rows.ts';
import { commandAfter, readAgreement } from './agreement-stream.ts';
import { holderMailboxes } from './holder-mailboxes.ts';
import './tables.ts';

/** Asks a report from the holder, who is told; by an organiser, or by the job of each night. */
export const askReport = (
  context: Context,
  id: string,
  kind: ReportKind,
  { today, origin }: { readonly today: string; readonly origin: string | undefined },
): Promise<Result<void>> =>
  told(context, id, { command: 'ask', id: randomUUID(), kind, due: dueOf(today) }, origin, reportMails.asked);

/** Reminds the holder of a report that was not given. */
export const remindReport = (
  context: Context,
  id: string,
  report: string,
  origin: string | undefined,
): Promise<Result<void>> => told(context, id, { command: 'remind', id: report }, origin, reportMails.reminded);

/** Writes a report. `seen`: the id of what the person was reading; empty for the first time. */
export const writeReport = (
  context: PersonContext,
  id: string,
  report: string,
  content: ReportContent,
  seen: string,
): Promise<Result<void>> =>
  asOne(context, async (inside) => {
    const read = reportSchema.safeParse(content);
    if (!read.success) return refuse({ ...tooLong, field: String(read.error.issues[0]?.path[0] ?? '') });
    const may = await commandAfter(inside, id, (state, setting) =>
      decideReport(state, { command: 'write', id: report }, setting),
    );
    if (!may.ok) return may;
    const { db, clock, actor } = inside;
    // One at a time: what was read is looked up, then replaced.
    await db.selectFrom('call_agreement').select('application').where('application', '=', id).forUpdate().execute();
    const last = await lastReport(inside, report);
    if ((last?.id ?? '') !== seen) return refuse(reload);
    await db
      .insertInto('call_report')
      .values({
        ...{ application: id, report, number: (last?.number ?? 0) + 1 },
        ...{ content: JSON.stringify(read.data), sha256: hashOf(read.data) },
        ...{ written_by: actor.account, written_at: clock.now() },
      })
      .execute();
    return ok(undefined);
  });

/** Signs a report as it was read, and gives it. */
export const giveReport = (context: PersonContext, id: string, report: string, sha256: string): Promise<Result<void>> =>
  asOne(context, async (inside) => {
    const last = await lastReport(inside, report);
    if (!last) return refuse(nothingWritten);
    const content = { id: last.id, sha256: last.sha256, value: last.content };
    return settled(
      await commandAfter(inside, id, (state, setting) =>
        decideReport(state, { command: 'give', id: report, content, sha256 }, setting),
      ),
    );
  });

/** Finds a report complete, asks for more, or validates it; the holder is told when more is asked. */
export const answerReport = (
  context: PersonContext,
  id: string,
  report: string,
  answer: {
    readonly command: 'findComplete' | 'validate' | 'askMore';
    readonly reason: string;
    readonly origin: string | undefined;
  },
): Promise<Result<void>> =>
  asOne(context, async (inside) => {
    const reason = await keepText(inside, answer.reason, 'reason');
    if (!reason.ok) return reason;
    if (answer.command === 'askMore') {
      const order = { command: 'askMore', id: report, ...(reason.value ? { reason: reason.value } : {}) } as const;
      return told(inside, id, order, answer.origin, reportMails.more);
    }
    const given = (await readAgreement(inside, id)).reports.find((one) => one.id === report);
    const content = given && (await givenReport(inside, given));
    const order: ReportOrder | undefined =
      answer.command === 'findComplete'
        ? { command: 'findComplete', id: report }
        : content && { command: 'validate', id: report, content };
    if (!order) return refuse(noSuchReport);
    return settled(await commandAfter(inside, id, (state, setting) => decideReport(state, order, setting)));
  });

/** What was last written of a report. For whoever may read it: ask first. */
export const lastReport = async ({ db }: Pick<Context, 'db'>, report: string) => {
  if (!isUuid(report)) return undefined;
  const row = await db
    .selectFrom('call_report')
    .select(['id', 'number', 'content', 'sha256'])
    .where('report', '=', report)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row && { ...row, content: row.content as ReportContent };
};

/** What was signed of a report, word for word; nothing while it was not given. */
export const givenReport = async (
  { db }: Pick<Context, 'db'>,
  { content }: Pick<GivenReport, 'content'>,
): Promise<ReportContent | undefined> => {
  if (!content) return undefined;
  const row = await db.selectFrom('call_report').select('content').where('id', '=', content.id).executeTakeFirst();
  return row && (row.content as ReportContent);
};

/** A report that nobody wrote yet: the indicators and the expenses that were deposited last. */
export const firstReport = async (context: Pick<Context, 'db'>, id: string): Promise<ReportContent> => {
  const last = (await snapshotsOf(context, id)).at(-1);
  return emptyReport(last?.content.indicators.indicators ?? [], last?.content.budget.expenses ?? []);
};

/** One command on a report, and the message that tells the holder’s side. */
const told = (
  context: Context,
  id: string,
  order: ReportOrder,
  origin: string | undefined,
  { subject, words }: { readonly subject: string; readonly words: string },
): Promise<Result<void>> =>
  inTransaction(context, async (inside) => {
    const done = await commandAfter(inside, id, (state, setting) => decideReport(state, order, setting));
    if (!done.ok) return done;
    for (const { email } of await holderMailboxes(inside, id)) {
      await inside.mail.post({
        ...{ to: email, subject },
        text: ['Bonjour,', '', words, `${origin ?? ''}/appels/espace/candidatures/${id}/suivi`].join('\n'),
      });
    }
    return ok(undefined);
  });

const reportMails = {
  asked: { subject: 'Un bilan vous est demandé', words: 'Le bilan de votre projet peut être écrit et envoyé ici :' },
  reminded: {
    subject: 'Rappel : un bilan vous est demandé',
    words: 'Le bilan de votre projet n’est pas encore envoyé :',
  },
  more: {
    subject: 'Votre bilan est à compléter',
    words: 'Un complément est demandé, avec son motif, sur cette page :',
  },
} as const;

const dueOf = (today: string): string => Temporal.PlainDate.from(today).add({ days: REPORT_AFTER }).toString();

const hashOf = (content: ReportContent): string =>
  createHash('sha256')
    .update(canonical(content as Json))
    .digest('hex');

const tooLong: Refusal = { code: 'too_long', message: 'C’est trop long, ou un nombre n’en est pas un.' };
const nothingWritten: Refusal = {
  code: 'nothing_written',
  message: 'Écrivez et enregistrez le bilan avant de l’envoyer.',
};
