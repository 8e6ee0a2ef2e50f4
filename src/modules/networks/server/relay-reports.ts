import { sql } from 'kysely';
import { coversIn } from '#modules/territory/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { isUuid } from '#platform/ids.ts';
import { can, type Scope } from '#platform/permissions.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import { type Context, inTransaction } from '#platform/server/context.ts';
import { authorise } from '#platform/server/identity/authorise.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import type { JournalEvent } from '#platform/server/journal/journal.ts';
import { type StreamDefinition, withStream } from '#platform/server/journal/stream.ts';
import './tables.ts';

/** A message that its receiver reported, as the moderators of that territory read it. */
export interface ReportedMessage {
  readonly id: string;
  readonly author: string;
  readonly authorName: string;
  readonly text: string;
  readonly reportedAt: Temporal.Instant;
  /** Whether the author may still write. */
  readonly stopped: boolean;
}

/** The reported messages that wait in the actor’s territories, the oldest first. */
export const reportedMessages = async (context: PersonContext): Promise<ReportedMessage[]> => {
  const covers = coversIn(context.indexes.get(territoryIndex));
  const { rows } = await sql<Row>`
    ${reported}
    where message.reported_at is not null and message.settled_at is null and message.text is not null
    order by message.reported_at, message.id`.execute(context.db);
  return rows
    .filter((row) => can(context.actor, 'moderation.see', { territory: row.scope }, covers))
    .map(({ id, author, author_name, text, reported_at, stopped }) => ({
      ...{ id, author, text, stopped },
      ...{ authorName: author_name, reportedAt: reported_at },
    }));
};

/** Says that a report was dealt with; `stop`: its author may no longer write to anybody. Refuses another territory’s. */
export const settleMessage = (context: PersonContext, id: string, stop: boolean): Promise<Result<void>> =>
  inTransaction(context, async (inside) => {
    const { db, clock, indexes } = inside;
    const row = isUuid(id)
      ? (await sql<Row>`${reported} where message.id = ${id} and message.reported_at is not null`.execute(db)).rows[0]
      : undefined;
    if (!row) return refuse(noSuchMessage);
    const covers = coversIn(indexes.get(territoryIndex));
    const allowed = await authorise(inside, 'report.decide', { territory: row.scope }, covers);
    if (!allowed.ok) return allowed;
    await db.updateTable('relay_message').set({ settled_at: clock.now() }).where('id', '=', id).execute();
    if (!stop) return ok(undefined);
    const stopped = await order(inside, row.author, 'stop', row.scope);
    return stopped.ok ? ok(undefined) : stopped;
  });

/** Somebody who may no longer write by the relay. */
export interface StoppedWriter {
  readonly account: string;
  readonly name: string;
  readonly since: Temporal.Instant;
}

/** Who was stopped in the actor’s territories, the latest first. */
export const stoppedWriters = async (context: PersonContext): Promise<StoppedWriter[]> => {
  const covers = coversIn(context.indexes.get(territoryIndex));
  const { rows } = await sql<StoppedWriter & { scope: Scope }>`
    select account, since, scope,
      coalesce((select author_name from relay_message where author = ban.account order by sent_at desc limit 1), '') as name
    from relay_ban as ban order by since desc, account`.execute(context.db);
  return rows.flatMap(({ scope, ...writer }) =>
    can(context.actor, 'report.decide', { territory: scope }, covers) ? [writer] : [],
  );
};

/** Gives somebody back the right to write. Refuses another territory’s; twice is once. */
export const letWrite = (context: PersonContext, account: string): Promise<Result<void>> =>
  inTransaction(context, async (inside) => {
    const ban = isUuid(account)
      ? await inside.db.selectFrom('relay_ban').select('scope').where('account', '=', account).executeTakeFirst()
      : undefined;
    if (!ban) return refuse(notStopped);
    const covers = coversIn(inside.indexes.get(territoryIndex));
    const allowed = await authorise(inside, 'report.decide', { territory: ban.scope }, covers);
    if (!allowed.ok) return allowed;
    const given = await order(inside, account, 'let', ban.scope);
    return given.ok ? ok(undefined) : given;
  });

interface WriterEvent extends JournalEvent {
  readonly type: 'RelayWriterStopped-V1' | 'RelayWriterLetWrite-V1';
  readonly data: { readonly scope: Scope };
}

/** The journal says who stopped and who gave back, and when; the table, who may not write now. */
const writers: StreamDefinition<'writes' | 'stopped', WriterEvent> = {
  name: 'relay-writer',
  initial: 'writes',
  evolve: (_, { type }) => (type === 'RelayWriterStopped-V1' ? 'stopped' : 'writes'),
  project: async ({ db, clock, actor }, account, state, events) => {
    const scope = events.at(-1)?.data.scope ?? 'france';
    if (state === 'writes') await db.deleteFrom('relay_ban').where('account', '=', account).execute();
    else if (actor.kind === 'person') {
      const row = { account, since: clock.now(), by: actor.account, scope };
      await db
        .insertInto('relay_ban')
        .values(row)
        .onConflict((known) => known.doNothing())
        .execute();
    }
  },
};

const order = (inside: Context, account: string, command: 'stop' | 'let', scope: Scope) =>
  withStream(inside, writers, account, (state) => {
    // Who was stopped before the journal knew of it is let write all the same: the table says so.
    if (state === 'stopped' && command === 'stop') return ok([]);
    return ok([{ type: command === 'stop' ? 'RelayWriterStopped-V1' : 'RelayWriterLetWrite-V1', data: { scope } }]);
  });

interface Row {
  readonly id: string;
  readonly author: string;
  readonly author_name: string;
  readonly text: string;
  readonly reported_at: Temporal.Instant;
  readonly stopped: boolean;
  /** Where it was written to: the commune of the registration, or the territory of the network. */
  readonly scope: Scope;
}

const reported = sql`
  select message.id, message.author, message.author_name, message.text, message.reported_at,
    coalesce(network.territory, 'commune:' || registration.insee, 'france') as scope,
    exists (select from relay_ban where account = message.author) as stopped
  from relay_message as message
  join relay_thread as thread on thread.id = message.thread
  left join registration on registration.id = thread.registration
  left join network on network.id = thread.network`;

const notStopped: Refusal = { code: 'not_stopped', message: 'Cette personne peut écrire.' };
const noSuchMessage: Refusal = { code: 'no_such_message', message: 'Ce message n’existe pas, ou plus.' };
