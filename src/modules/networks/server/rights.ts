import { type AccountId, type Context, inTransaction } from '#platform/server/context.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import './tables.ts';

/** What the networks and the relay keep of a person, for their copy. */
export const exportNetworks = async ({ db, actor }: PersonContext) => {
  const { account } = actor;
  const messages = await db
    .selectFrom('relay_message')
    .select(['sent_at', 'text'])
    .where('author', '=', account)
    .orderBy('sent_at')
    .execute();
  const requests = await db
    .selectFrom('network_request')
    .innerJoin('network', 'network.id', 'network_request.network')
    .select(['network.name', 'words', 'network_request.created_at'])
    .where('account', '=', account)
    .execute();
  const notes = await db
    .selectFrom('network_note')
    .select(['met_on', 'title', 'text'])
    .where('author', '=', account)
    .orderBy('met_on')
    .execute();
  return { messages, requests, notes };
};

/**
 * Erases what a person wrote by the relay and asked of networks, with what they chose there. The notes of meetings stay
 * with the network, whose they are; a message that was reported stays until it is dealt with.
 */
export const forgetInNetworks = (context: Context, account: AccountId): Promise<void> =>
  inTransaction(context, async ({ db }) => {
    await db
      .updateTable('relay_message')
      .set({ text: null })
      .where('author', '=', account)
      .where(({ eb, or }) => or([eb('reported_at', 'is', null), eb('settled_at', 'is not', null)]))
      .execute();
    await db.updateTable('relay_message').set({ author_name: 'Compte effacé' }).where('author', '=', account).execute();
    await db.deleteFrom('relay_delivery').where('account', '=', account).execute();
    await db.deleteFrom('relay_refusal').where('account', '=', account).execute();
    await db.deleteFrom('relay_block').where('account', '=', account).execute();
    await db.deleteFrom('network_request').where('account', '=', account).execute();
  });
