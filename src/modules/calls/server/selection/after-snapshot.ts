import { z } from 'zod';
import { ok, type Result } from '#platform/result.ts';
import { type Context, inTransaction } from '#platform/server/context.ts';
import { defineJob, type JobDefinition, type JobKind } from '#platform/server/jobs/jobs.ts';
import { withStream } from '#platform/server/journal/stream.ts';
import type { Settings } from '#platform/server/settings.ts';
import { decideInterest, unanswered } from '../../selection/interests.ts';
import { applicationRow } from '../application/application-stream.ts';
import { organisersOf } from '../application/closing-job.ts';
import { readCall } from '../call-stream.ts';
import { titleOf } from '../title.ts';
import { interestStream } from './interest-stream.ts';
import { standingsOf } from './standings.ts';

/** A file that was deposited or completed. */
export const noteSnapshot: JobKind<{ application: string }> = {
  name: 'calls.snapshot',
  data: z.object({ application: z.uuid() }),
};

/** Once a deposit is written, apart from it: nobody’s deposit waits, or fails, for what it changes to others. */
export const noteSnapshotJob = ({ ORIGIN }: Pick<Settings, 'ORIGIN'>): JobDefinition<{ application: string }> =>
  defineJob({
    ...noteSnapshot,
    purpose: 'Après un dépôt : fait relire leur déclaration aux personnes que la candidature concerne',
    handle: async (context, { application }) => {
      const done = await inTransaction(context, (inside) => afterSnapshot(inside, application, ORIGIN));
      // Somebody declared at that very moment: tried again.
      if (!done.ok) throw new Error(done.error.code);
    },
  });

/**
 * A file was deposited, or completed: whoever sits, instructs or gives an opinion on it, and whom it concerns, answers anew
 * before they read it, an operator who applies is recused, and evaluators of an older deposit are told. The messages name no
 * file; done again for the same snapshot, each leaves once.
 */
export const afterSnapshot = async (
  context: Context,
  application: string,
  origin: string | undefined,
): Promise<Result<void>> => {
  const house: Context = { ...context, actor: { kind: 'system' } };
  const file = await applicationRow(house, application);
  const call = file && (await readCall(house, file.call));
  if (!file || !call) return ok(undefined);
  const title = await titleOf(house, call);
  const key = `call-snapshot/${file.state.snapshots.at(-1)?.id ?? application}`;
  const instruct = new Set(await organisersOf(house, call));
  const experts = new Set(await expertsOn(house, application));
  for (const { interest, account, state, found, sits } of await standingsOf(house, file.call)) {
    const one = found.find((each) => each.application === application);
    if (!interest || !account || !one) continue;
    if (one.automatic) {
      const { grounds } = one;
      const order = { command: 'recuse', application, grounds } as const;
      const noted = await withStream(house, interestStream, interest, (before) =>
        decideInterest(before, order, { role: 'house', call: file.call }),
      );
      if (!noted.ok) return noted;
    } else if (unanswered(state, [one]).length > 0) {
      const known = await house.db.selectFrom('account').select('email').where('id', '=', account).executeTakeFirst();
      const email = known?.email;
      // Who left, or instructs no more, reads nothing: not even that something was deposited (I-6).
      if (!email || !(sits || instruct.has(email) || experts.has(email))) continue;
      const said = message({
        subject: 'Votre déclaration d’intérêts est à relire',
        lines: ['Une candidature vient d’être déposée ou complétée. Dites où vous en êtes, avant de la lire :', title],
        link: `${origin ?? ''}/appels/espace/${file.call}/interets`,
      });
      await house.mail.post({ to: email, ...said, key: `${key}/interests/${account}` });
    }
  }
  const evaluators = await house.db
    .selectFrom('call_evaluation')
    .innerJoin('call_juror', 'call_juror.id', 'call_evaluation.juror')
    .select(['call_juror.id', 'email'])
    .where('application', '=', application)
    .where('status', '=', 'submitted')
    .where('left_at', 'is', null)
    .where('email', '!=', '')
    .orderBy('email')
    .execute();
  for (const { id, email } of evaluators)
    await house.mail.post({
      ...{ to: email, key: `${key}/evaluation/${id}` },
      ...message({
        subject: 'Une candidature que vous avez évaluée a changé',
        lines: ['Une candidature que vous avez évaluée vient d’être complétée :', title],
        link: `${origin ?? ''}/appels/espace/${file.call}/evaluations`,
      }),
    });
  return ok(undefined);
};

interface Message {
  readonly subject: string;
  readonly lines: readonly string[];
  readonly link: string;
}

const message = ({ subject, lines, link }: Message) => ({
  subject,
  text: ['Bonjour,', '', ...lines, '', link].join('\n'),
});

/** The mailboxes of whom an opinion on a file is awaited. */
const expertsOn = async ({ db, clock }: Context, application: string): Promise<readonly string[]> => {
  const rows = await db
    .selectFrom('call_opinion')
    .select('email')
    .where('application', '=', application)
    .where('status', 'in', ['asked', 'accepted'])
    .where('due', '>', clock.now())
    .execute();
  return rows.map(({ email }) => email);
};
