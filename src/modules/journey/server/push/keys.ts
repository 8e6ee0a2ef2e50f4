import webpush from 'web-push';
import type { Context } from '#platform/server/context.ts';

export interface PushKeys {
  readonly publicKey: string;
  readonly privateKey: string;
}

/** The pair of keys of this site (VAPID), made at the first need; two processes that make it at once keep the same one. */
export const pushKeys = async ({ db }: Pick<Context, 'db'>): Promise<PushKeys> => {
  const known = await db.selectFrom('push_key').select(['public_key', 'private_key']).executeTakeFirst();
  if (known) return { publicKey: known.public_key, privateKey: known.private_key };
  const { publicKey, privateKey } = webpush.generateVAPIDKeys();
  await db
    .insertInto('push_key')
    .values({ id: 1, public_key: publicKey, private_key: privateKey })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return pushKeys({ db });
};
