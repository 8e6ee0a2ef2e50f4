import type { Insertable } from 'kysely';
import type { Refusal, Result } from '#platform/result.ts';
import type { Context } from '#platform/server/context.ts';
import type { Tables } from '#platform/server/database/database.ts';
import { type StreamDefinition, withStream } from '#platform/server/journal/stream.ts';
import { type CaseEvent, type CaseOrder, type CaseState, decideCase, evolveCase, noCase } from '../case.ts';
import { longest } from '../draft.ts';
import './tables.ts';

const caseStream: StreamDefinition<CaseState, CaseEvent> = {
  name: 'moderation',
  initial: noCase,
  evolve: evolveCase,
  project: async ({ db, clock, actor }, id, { status }, events) => {
    const decided = events.find(
      ({ data }) => data.command === 'accept' || data.command === 'refuse' || data.command === 'undo',
    );
    const decision = decided && {
      decided_at: clock.now(),
      decided_by: actor.kind === 'person' ? actor.account : null,
      reason: decided.data.reason,
    };
    await db
      .updateTable('moderation_case')
      .set({ status, ...decision })
      .where('id', '=', id)
      .execute();
  },
};

/** One command on one case, in a transaction. Whether the actor has that role is the caller’s to know. */
export const commandCase = (context: Context, id: string, order: CaseOrder): Promise<Result<CaseState>> =>
  withStream(context, caseStream, id, (state) => decideCase(state, order));

/** Writes a new case down, before its first command. Returns its id. */
export const newCase = async (
  { db, clock, actor }: Context,
  row: Omit<
    Insertable<Tables['moderation_case']>,
    'id' | 'status' | 'author' | 'created_at' | 'decided_at' | 'decided_by' | 'reason'
  >,
): Promise<string> => {
  const { id } = await db
    .insertInto('moderation_case')
    .values({
      ...row,
      ...{ status: 'waiting', author: actor.kind === 'person' ? actor.account : null, created_at: clock.now() },
      ...{ decided_at: null, decided_by: null, reason: null },
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
};

/** Keeps the words of a decision beside the journal, which only knows their id. */
export const keepReason = async ({ db, clock }: Context, text: string): Promise<string> => {
  const { id } = await db
    .insertInto('moderation_reason')
    .values({ text, created_at: clock.now() })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
};

/** Of a reason that is a message to somebody. */
export const reasonTooLong: Refusal = {
  code: 'too_long',
  field: 'reason',
  message: `Votre message compte plus de ${longest.words} signes : raccourcissez un peu.`,
};

/** The words of a decision; nothing once they were erased. */
export const readReason = async ({ db }: Context, id: string): Promise<string | undefined> =>
  (await db.selectFrom('moderation_reason').select('text').where('id', '=', id).executeTakeFirst())?.text;
