import type { Context } from '#platform/server/context.ts';
import { hashOf, looksLikeSecret, newSecret } from '#platform/server/identity/secret.ts';
import './tables.ts';

/** Whom a key lets in: a family to its request, or a volunteer to what was proposed; without a request, only to leave. */
export interface Holder {
  readonly request: string | null;
  readonly volunteer: string | null;
}

/** A new word that opens one side’s page. Only its hash is kept; each message brings its own. */
export const newKey = async ({ db }: Context, holder: Holder): Promise<string> => {
  const token = newSecret();
  await db
    .insertInto('sitting_key')
    .values({ token_hash: hashOf(token), ...holder })
    .execute();
  return token;
};

/** Whom a word lets in; nothing for one that was forged, or whose request was erased. */
export const holderOf = async ({ db }: Context, token: string): Promise<Holder | undefined> =>
  looksLikeSecret(token)
    ? db
        .selectFrom('sitting_key')
        .select(['request', 'volunteer'])
        .where('token_hash', '=', hashOf(token))
        .executeTakeFirst()
    : undefined;
