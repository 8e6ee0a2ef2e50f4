import { sql } from 'kysely';
import { ok, type Result } from '#platform/result.ts';
import type { Context } from '#platform/server/context.ts';
import type { JournalEvent } from '#platform/server/journal/journal.ts';
import { type StreamDefinition, withStream } from '#platform/server/journal/stream.ts';

/** Where an organisation stands that asks to do some work in a territory: a moderator there opens it, either closes it. */
const steps = { Asked: 'asked', Opened: 'open', Closed: 'closed' } as const;

/**
 * The journal of such teams, one row of `table` for each registration: the table says where it stands; the journal, who asked,
 * opened and closed (`kind` begins the name of its events). Nothing of families is journaled.
 */
export const teamStream = (name: string, table: string, kind: string) => {
  const typeOf = (step: keyof typeof steps): JournalEvent['type'] => `${kind}Team${step}-V1`;
  const stream: StreamDefinition<undefined, JournalEvent> = {
    ...{ name, initial: undefined, evolve: () => undefined },
    project: async ({ db, clock }, registration, _state, events) => {
      const step = (['Asked', 'Opened', 'Closed'] as const).find((one) => typeOf(one) === events.at(-1)?.type);
      await sql`
        update ${sql.table(table)} set status = ${steps[step ?? 'Closed']}, changed_at = ${clock.now()}
        where registration = ${registration}`.execute(db);
    },
  };
  /** Writes one step of a team down, in the current transaction. */
  return (inside: Context, registration: string, step: keyof typeof steps): Promise<Result<undefined>> =>
    withStream(inside, stream, registration, () => ok([{ type: typeOf(step), data: {} }]));
};
