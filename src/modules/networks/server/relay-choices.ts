import { ok, type Result, refuse } from '#platform/result.ts';
import { type Context, inTransaction } from '#platform/server/context.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { deadLink, readDelivery } from './relay.ts';
import './tables.ts';

/** What a receiver decides from the link of a message. */
export const relayChoices = ['arreter', 'bloquer', 'signaler'] as const;
export type RelayChoice = (typeof relayChoices)[number];

/**
 * Stops all messages (`arreter`), those of this author (`bloquer`), or tells the moderators of this one (`signaler`), from
 * the link of a mail, without signing in. Choosing twice changes nothing.
 */
export const chooseFromLink = (context: Context, token: string, choice: RelayChoice): Promise<Result<void>> =>
  inTransaction(context, async (inside) => {
    const delivery = await readDelivery(inside, token);
    if (!delivery) return refuse(deadLink);
    const { db, clock } = inside;
    const { account, author, message } = delivery;
    if (choice === 'arreter') await stopAll(inside, account);
    if (choice === 'bloquer') {
      await db
        .insertInto('relay_block')
        .values({ account, blocked: author, since: clock.now() })
        .onConflict((known) => known.doNothing())
        .execute();
    }
    if (choice === 'signaler' && delivery.text !== null) {
      await db
        .updateTable('relay_message')
        .set({ reported_at: clock.now() })
        .where('id', '=', message)
        .where('reported_at', 'is', null)
        .execute();
    }
    return ok(undefined);
  });

const stopAll = async ({ db, clock }: Context, account: string): Promise<void> => {
  await db
    .insertInto('relay_refusal')
    .values({ account, since: clock.now() })
    .onConflict((known) => known.doNothing())
    .execute();
};

/** Whether the actor receives messages, and how many people they blocked. */
export const ownRelayChoices = async ({
  db,
  actor,
}: PersonContext): Promise<{ readonly receives: boolean; readonly blocked: number }> => {
  const { account } = actor;
  const refusal = await db
    .selectFrom('relay_refusal')
    .select('account')
    .where('account', '=', account)
    .executeTakeFirst();
  const { count } = await db
    .selectFrom('relay_block')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('account', '=', account)
    .executeTakeFirstOrThrow();
  return { receives: !refusal, blocked: count };
};

/** Stops all messages to the actor, or receives them again. */
export const receiveMessages = async (context: PersonContext, receives: boolean): Promise<void> => {
  const { db, actor } = context;
  if (!receives) return stopAll(context, actor.account);
  await db.deleteFrom('relay_refusal').where('account', '=', actor.account).execute();
};

/** Forgets whom the actor blocked. */
export const unblockAll = async ({ db, actor }: PersonContext): Promise<void> => {
  await db.deleteFrom('relay_block').where('account', '=', actor.account).execute();
};
