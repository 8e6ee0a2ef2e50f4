import { ok, type Result } from '#platform/result.ts';
import { type Context, inTransaction } from '../context.ts';
import { append, type JournalEvent, type Recorded, readStream } from './journal.ts';

/** One kind of thing whose life is journaled: an application, a registration, a house. */
export interface StreamDefinition<State, Event extends JournalEvent> {
  /** `application`: the stream of one is `application/{id}`. */
  readonly name: string;
  readonly initial: State;
  /** Pure. Must understand every version of every event ever written. */
  evolve(state: State, event: Recorded<Event>): State;
  /** Updates the tables that screens read, in the transaction that appends the events. */
  project(context: Context, id: string, state: State, events: readonly Recorded<Event>[]): Promise<void>;
}

/** The state that the events of a stream lead to, and the version it stands at. */
export const loadStream = async <State, Event extends JournalEvent>(
  { db }: Context,
  definition: StreamDefinition<State, Event>,
  id: string,
): Promise<{ state: State; version: number }> => {
  const events = await readStream<Event>(db, streamName(definition, id));
  return { state: events.reduce(definition.evolve, definition.initial), version: events.at(-1)?.version ?? 0 };
};

/**
 * One command on one stream: decides on its state and its version, appends what was decided, updates the tables, all in one
 * transaction. Returns the new state, the refusal of the decision, or `journal_conflict`; then nothing was written.
 */
export const withStream = <State, Event extends JournalEvent>(
  context: Context,
  definition: StreamDefinition<State, Event>,
  id: string,
  decide: (state: State, version: number) => Result<readonly Event[]>,
): Promise<Result<State>> =>
  inTransaction(context, async (inside) => {
    const { state, version } = await loadStream(inside, definition, id);
    const decided = decide(state, version);
    if (!decided.ok) return decided;
    if (decided.value.length === 0) return ok(state);
    const appended = await append(inside, streamName(definition, id), version, decided.value);
    if (!appended.ok) return appended;
    const next = appended.value.reduce(definition.evolve, state);
    await definition.project(inside, id, next, appended.value);
    return ok(next);
  });

const streamName = ({ name }: { readonly name: string }, id: string): string => `${name}/${id}`;
