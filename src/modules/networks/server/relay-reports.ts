import { sql } from 'kysely';
import { coversIn } from '#modules/territory/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { isUuid } from '#platform/ids.ts';
import { can, type Scope } from '#platform/permissions.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import { inTransaction } from '#platform/server/context.ts';
import { authorise } from '#platform/server/identity/authorise.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
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
    if (stop) {
      await db
        .insertInto('relay_ban')
        .values({ account: row.author, since: clock.now(), by: context.actor.account })
        .onConflict((known) => known.doNothing())
        .execute();
    }
    return ok(undefined);
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

const noSuchMessage: Refusal = { code: 'no_such_message', message: 'Ce message n’existe pas, ou plus.' };
