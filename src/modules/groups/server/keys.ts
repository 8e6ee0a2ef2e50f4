import type { Context } from '#platform/server/context.ts';
import { hashOf, looksLikeSecret, newSecret } from '#platform/server/identity/secret.ts';
import './tables.ts';

/** A new word that opens a family’s page, for one message. Only its hash is kept. */
export const newKey = async ({ db }: Context, seat: string): Promise<string> => {
  const token = newSecret();
  await db
    .insertInto('group_key')
    .values({ token_hash: hashOf(token), seat })
    .execute();
  return token;
};

/** Whose page a word opens; nothing for one that was forged, or whose family left. */
export const seatOf = async ({ db }: Context, token: string): Promise<string | undefined> => {
  if (!looksLikeSecret(token)) return undefined;
  const key = await db
    .selectFrom('group_key')
    .select('seat')
    .where('token_hash', '=', hashOf(token))
    .executeTakeFirst();
  return key?.seat;
};
