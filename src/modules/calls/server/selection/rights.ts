import type { Result } from '#platform/result.ts';
import type { AccountId, Context } from '#platform/server/context.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { readStream } from '#platform/server/journal/journal.ts';
import type { InterestEvent, InterestState } from '../../selection/interests.ts';
import { readTexts } from '../rows.ts';
import { interestStream } from './interest-stream.ts';
import { leaveErased } from './jury.ts';
import { order } from './opinions.ts';
import { keepMinutesJob } from './signed-minutes.ts';
import './decision-tables.ts';
import './tables.ts';

/** What a person has in the selection of calls: where they sat, what they declared, what they judged or answered. */
export const exportSelection = async ({ db, actor }: PersonContext) => {
  const interests = await db
    .selectFrom('call_interest')
    .innerJoin('call', 'call.id', 'call_interest.call')
    .select(['call.slug', 'call_interest.sirens', 'call_interest.state', 'call_interest.changed_at'])
    .where('account', '=', actor.account)
    .orderBy('call.slug')
    .execute();
  const texts = await readTexts(
    { db },
    interests.flatMap(({ state }) =>
      Object.values((state as InterestState).files).flatMap(({ reason }) => reason ?? []),
    ),
  );
  return {
    jury: await db
      .selectFrom('call_juror')
      .innerJoin('call', 'call.id', 'call_juror.call')
      .select(['call.slug', 'organisation', 'quality', 'voice', 'invited_at', 'left_at'])
      .where('email', '=', actor.email)
      .orderBy('invited_at')
      .execute(),
    interests: interests.map(({ state, ...row }) => {
      const { answer, files } = state as InterestState;
      const said = Object.values(files).map(({ stand, kind, reason }) => ({
        stand,
        kind,
        reason: texts.get(reason ?? ''),
      }));
      return { ...row, answer, files: said };
    }),
    evaluations: await db
      .selectFrom('call_evaluation')
      .innerJoin('call_juror', 'call_juror.id', 'call_evaluation.juror')
      .innerJoin('call', 'call.id', 'call_evaluation.call')
      .select(['call.slug', 'call_evaluation.status', 'marks', 'call_evaluation.changed_at'])
      .where('email', '=', actor.email)
      .orderBy('call_evaluation.id')
      .execute(),
    opinions: await db
      .selectFrom('call_opinion')
      .innerJoin('call', 'call.id', 'call_opinion.call')
      .select(['call.slug', 'call_opinion.status', 'questions', 'answers', 'asked_at'])
      .where('email', '=', actor.email)
      .orderBy('asked_at')
      .execute(),
  };
};

/**
 * Forgets the name and the mailbox of a person in the selection of calls: they leave the juries where they sit, and nobody
 * waits for their opinion any more. Where they sat, their recusals and what was judged stay (I-17).
 */
export const forgetInSelection = async (context: Context, account: AccountId, email: string | null): Promise<void> => {
  const { db } = context;
  await forgetReasons(context, account);
  await db.updateTable('call_interest').set({ name: 'Compte effacé' }).where('account', '=', account).execute();
  if (!email) return;
  const house: Context = { ...context, actor: { kind: 'system' } };
  const seats = await db
    .selectFrom('call_juror')
    .select(['id', 'call'])
    .where('email', '=', email)
    .where('left_at', 'is', null)
    .orderBy('id')
    .execute();
  for (const { id, call } of seats) whole(await leaveErased(house, call, id));
  const asked = await db
    .selectFrom('call_opinion')
    .select('id')
    .where('email', '=', email)
    .where('status', 'in', ['asked', 'accepted'])
    .orderBy('id')
    .execute();
  for (const { id } of asked) whole(await order(house, id, { command: 'expire', gone: true }));
  await forgetInMinutes(context, email);
  const gone = { name: 'Compte effacé', email: '' };
  await db.updateTable('call_juror').set(gone).where('email', '=', email).execute();
  await db.updateTable('call_opinion').set({ email: '' }).where('email', '=', email).execute();
};

/**
 * What a person said of their ties is theirs, and nobody else reads it: the words go, of every declaration they ever made; that
 * they were recused, and of what nature the tie was, stays.
 */
const forgetReasons = async ({ db }: Context, account: AccountId): Promise<void> => {
  const declared = await db.selectFrom('call_interest').select('id').where('account', '=', account).execute();
  const said: string[] = [];
  for (const { id } of declared)
    for (const { data } of await readStream<InterestEvent>(db, `${interestStream.name}/${id}`))
      if ('reason' in data && data.reason) said.push(data.reason);
  if (said.length === 0) return;
  // Not those of a president who gave a file back: they account for it.
  const own = db.updateTable('call_text').set({ text: '' }).where('written_by', '=', account);
  await own.where('id', 'in', said).execute();
};

/**
 * Signed minutes are a document: it is kept anew once the name is gone, apart from the erasure, which files take no part in. So
 * is that of a session under way or just closed: somebody may be signing it at this very moment, with the name.
 */
const forgetInMinutes = async ({ db, jobs }: Context, email: string): Promise<void> => {
  const held = await db
    .selectFrom('call_session')
    .innerJoin('call_juror', 'call_juror.call', 'call_session.call')
    .select('call_session.id')
    .distinct()
    .where('email', '=', email)
    .where('status', 'in', ['opened', 'closed', 'signed'])
    .execute();
  for (const { id } of held) await jobs.enqueue(keepMinutesJob, { session: id });
};

/** The erasure happens whole or not at all: whoever acted at that very moment makes it begin again. */
const whole = (done: Result<unknown>): void => {
  if (!done.ok) throw new Error(done.error.code);
};
