import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import { type Actor, type Context, inTransaction } from '../context.ts';
import type { Database } from '../database/database.ts';
import { beginning, canonical, type Heads, hashOfEvent, type Json, recordable } from './chain.ts';

export interface JournalEventTable {
  stream: string;
  version: number;
  type: string;
  data: Json;
  actor: string;
  recorded_at: Temporal.Instant;
  previous_hash: string;
  hash: string;
}

export interface JournalCheckpointTable {
  number: number;
  taken_at: Temporal.Instant;
  heads: Heads;
  previous_hash: string;
  hash: string;
}

declare module '#platform/server/database/database.ts' {
  interface Tables {
    journal_event: JournalEventTable;
    journal_checkpoint: JournalCheckpointTable;
  }
}

/**
 * Something that happened, in the past tense, with a version in its type: `ApplicationDeposited-V1`.
 *
 * **No personal data in `data`**: no name, no address, no free text about a person. It can never be erased from a
 * chain of hashes. Put the text in an ordinary row and write the id of that row: `{ statement: '7d0c…' }`. The row
 * can be emptied when somebody asks; the journal still tells that a statement was made, when, and in what order.
 */
export interface JournalEvent {
  readonly type: string;
  readonly data: { readonly [name: string]: Json };
}

/** An event with what the journal knows of it. */
export type Recorded<Event extends JournalEvent = JournalEvent> = Event & {
  readonly version: number;
  readonly actor: string;
  readonly recordedAt: Temporal.Instant;
};

/**
 * Adds events at the end of a stream, in the current transaction or in one of its own.
 * `expectedVersion`: version of the last event that the decision has seen; 0 for a new stream.
 * Refuses (`journal_conflict`) when somebody else wrote meanwhile: nothing is added, the transaction goes on.
 */
export const append = <Event extends JournalEvent>(
  context: Context,
  stream: string,
  expectedVersion: number,
  events: readonly Event[],
): Promise<Result<readonly Recorded<Event>[]>> =>
  inTransaction(context, async ({ db, clock, actor }) => {
    const head = await headOf(db, stream);
    if (head.version !== expectedVersion) return refuse(conflict);
    const recorded = events.map((event, index) => ({
      ...event,
      version: expectedVersion + index + 1,
      actor: nameOf(actor),
      recordedAt: recordable(clock.now()),
    }));
    const [first, ...following] = chained(stream, head.hash, recorded);
    if (!first) return ok([]);
    // The first row decides: whoever holds version n + 1 is alone to write what follows. Another writer waits here
    // until we commit, then finds its place taken, without an error that would spoil its transaction.
    const inserted = await db
      .insertInto('journal_event')
      .values(first)
      .onConflict((taken) => taken.columns(['stream', 'version']).doNothing())
      .executeTakeFirst();
    if (inserted.numInsertedOrUpdatedRows !== 1n) return refuse(conflict);
    if (following.length > 0) await db.insertInto('journal_event').values(following).execute();
    return ok(recorded);
  });

/** The rows of events that follow each other, each with the hash of the one before. */
const chained = (stream: string, headHash: string, events: readonly Recorded[]): JournalEventTable[] => {
  let hash = headHash;
  return events.map(({ version, type, data, actor, recordedAt }) => {
    const previous_hash = hash;
    hash = hashOfEvent({ stream, version, type, data, actor, recordedAt }, previous_hash);
    return { stream, version, type, data: canonical(data), actor, recorded_at: recordedAt, previous_hash, hash };
  });
};

/** All events of a stream, oldest first. The caller knows the types of its own events. */
export const readStream = async <Event extends JournalEvent>(
  db: Database,
  stream: string,
): Promise<Recorded<Event>[]> => {
  const rows = await db
    .selectFrom('journal_event')
    .select(['version', 'type', 'data', 'actor', 'recorded_at'])
    .where('stream', '=', stream)
    .orderBy('version')
    .execute();
  return rows.map(
    ({ version, type, data, actor, recorded_at }) =>
      ({ version, type, data, actor, recordedAt: recorded_at }) as JournalEvent as Recorded<Event>,
  );
};

const headOf = async (db: Database, stream: string): Promise<{ version: number; hash: string }> =>
  (await db
    .selectFrom('journal_event')
    .select(['version', 'hash'])
    .where('stream', '=', stream)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()) ?? { version: 0, hash: beginning };

/** Who acted: the kind of actor, and for a person the account, which says nothing once it is erased. Never a name. */
const nameOf = (actor: Actor): string => (actor.kind === 'person' ? `person:${actor.account}` : actor.kind);

const conflict: Refusal = {
  code: 'journal_conflict',
  message:
    'Une autre personne vient de modifier ce dossier. Relisez-le avant de recommencer : rien n’a été changé de votre côté.',
};
