import { z } from 'zod';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import { type Context, inTransaction } from '#platform/server/context.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { defineJob } from '#platform/server/jobs/jobs.ts';
import { withStream } from '#platform/server/journal/stream.ts';
import { nothingHeld } from '../../after/held.ts';
import { decideDecision } from '../../selection/decide-decision.ts';
import { applicationRow, noSuchApplication, takeStep } from '../application/application-stream.ts';
import { noSuchCall, roleNow } from '../call-stream.ts';
import { asOne } from '../calls.ts';
import { decisionStream, lockedCall } from './decisions.ts';
import { fileAccess } from './file-access.ts';
import './decision-tables.ts';

/** Sends the letters of a call that were asked for, each once whatever happens meanwhile. */
export const sendLettersJob = defineJob({
  name: 'calls.send-letters',
  purpose: 'Envoyer les courriers de décision d’un appel',
  data: z.object({ call: z.uuid() }),
  handle: async (context, { call }) => sendLetters({ ...context, actor: { kind: 'system' } }, call),
});

/** Asks for the letters that are prepared to leave: all of the call, or that of one application. */
export const askForLetters = async (context: PersonContext, call: string, application?: string): Promise<number> => {
  let query = context.db
    .updateTable('call_letter')
    .set({ asked_at: context.clock.now() })
    .where('call', '=', call)
    .where('asked_at', 'is', null)
    .where('cancelled_at', 'is', null);
  if (application !== undefined) query = query.where('application', '=', application);
  const asked = await query.executeTakeFirst();
  await context.jobs.enqueue(sendLettersJob, { call }, { key: call });
  return Number(asked.numUpdatedRows);
};

/** Sends what is prepared, once the results are notified; or at once that of a file found inadmissible. */
export const sendPrepared = (context: PersonContext, call: string, application?: string): Promise<Result<void>> =>
  asOne(context, async (inside) => {
    const state = await lockedCall(inside, call);
    if (!state) return refuse(noSuchCall);
    const { role } = await roleNow(inside, state, call);
    const access = await fileAccess(inside, call);
    if (role !== 'approver' || !access.open) return refuse(noSuchCall);
    if (application !== undefined) {
      const row = await applicationRow(inside, application);
      if (row?.call !== call || access.recused.has(application)) return noSuchApplication;
      if (row.status !== 'inadmissible' && state.status !== 'notified') return refuse(notYet);
    } else if (state.status !== 'notified') return refuse(notYet);
    return (await askForLetters(inside, call, application)) > 0 ? ok(undefined) : refuse(nothingToSend);
  });

/**
 * Each letter in a transaction of its own: the message, the step of the application and the mark on the letter happen
 * together or not at all. Whoever begins again after an accident goes on with those that are left.
 */
const sendLetters = async (context: Context, call: string): Promise<void> => {
  const waiting = await context.db
    .selectFrom('call_letter')
    .select(['id', 'application'])
    .where('call', '=', call)
    .where('asked_at', 'is not', null)
    .where('sent_at', 'is', null)
    .where('cancelled_at', 'is', null)
    .orderBy('prepared_at')
    .orderBy('id')
    .execute();
  for (const letter of waiting) {
    const sent = await sendOne(context, call, letter);
    if (!sent.ok) context.log.warn({ letter: letter.id, code: sent.error.code }, 'letter not sent');
  }
};

const sendOne = (
  context: Context,
  call: string,
  { id, application }: { readonly id: string; readonly application: string },
): Promise<Result<void>> =>
  inTransaction(context, async (inside) => {
    // One at a time with whoever corrects the decision: it is either sent, or taken back.
    const state = await lockedCall(inside, call);
    const row = await applicationRow(inside, application);
    if (!state || !row) return refuse(noSuchCall);
    const signatories = await inside.db
      .selectFrom('call_application_member')
      .select('email')
      .where('application', '=', application)
      .where('role', '=', 'signatory')
      .orderBy('email')
      .execute();
    // It waits, and its organisers see it: a letter that nobody received is not sent.
    if (signatories.length === 0) return refuse(nobodySigns);
    const setting = {
      ...{ role: 'house' as const, call, state, approvesFor: [], application: row.status, others: {}, ranks: [] },
      ...{ recommendations: 0, appealTerms: true, held: nothingHeld },
    };
    const done = await withStream(inside, decisionStream, application, (decision) =>
      decideDecision(decision, { command: 'notify', letter: id }, setting),
    );
    if (!done.ok) return done;
    const step = await takeStep(inside, application, 'notify', () =>
      ok([{ type: 'ApplicationNotified-V1', data: { notification: id } }]),
    );
    if (!step.ok) return step;
    const letter = await inside.db
      .updateTable('call_letter')
      .set({ sent_at: inside.clock.now() })
      .where('id', '=', id)
      .returning(['subject', 'text'])
      .executeTakeFirstOrThrow();
    for (const { email } of signatories)
      await inside.mail.post({ to: email, ...letter, key: `call-letter/${id}/${email}` });
    return ok(undefined);
  });

const notYet: Refusal = {
  code: 'not_now',
  message: 'Les courriers partent ensemble, quand les résultats sont notifiés.',
};
const nobodySigns: Refusal = {
  code: 'nobody_signs',
  message: 'Plus personne ne signe cette candidature : il n’y a personne à qui écrire.',
};
const nothingToSend: Refusal = { code: 'nothing_to_send', message: 'Aucun courrier préparé n’attend d’être envoyé.' };
