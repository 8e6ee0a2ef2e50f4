import { territoryIndex } from '#modules/territory/server/index.ts';
import { readEmail, unreadableEmail } from '#platform/email.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import { type Context, inTransaction } from '#platform/server/context.ts';
import { hashOf, looksLikeSecret, newSecret } from '#platform/server/identity/secret.ts';
import { followLetter } from './follow-letters.ts';
import { readTour } from './read-tours.ts';
import './tables.ts';

/** What somebody asks to be told of: one stop, or what comes near a commune, of one tour or of any. */
export type FollowAsked =
  | { readonly stop: number }
  | {
      readonly insee: string;
      /** Absent: any tour. */
      readonly tour?: number;
    };

/** Days during which a request waits for its confirmation, and during which a confirmed one lives. */
export const followDays = { unconfirmed: 3, confirmed: 365, renewal: 30 } as const;

/**
 * Writes down that a mailbox asks to be told, and sends it the one link that confirms: until then nothing else is sent.
 * Whoever already follows gets the same message: the answer says nothing of others. Refuses an address that is none, and
 * what does not exist.
 */
export const askToFollow = (
  context: Context,
  asked: FollowAsked,
  typedEmail: string,
  origin: string,
): Promise<Result<void>> =>
  inTransaction(context, async (inside) => {
    const email = readEmail(typedEmail);
    if (!email) return refuse(unreadableEmail);
    const what = 'stop' in asked ? await stopAsked(inside, asked.stop) : await nearAsked(inside, asked);
    if (!what) return refuse(nothingToFollow);
    const now = inside.clock.now();
    const { id } = await inside.db
      .insertInto('tour_follow')
      .values({ email, ...what, asked_at: now, confirmed_at: null })
      .onConflict((known) => known.columns(['email', 'stop', 'tour', 'insee']).doUpdateSet({ asked_at: now }))
      .returning('id')
      .executeTakeFirstOrThrow();
    await sendOnce(inside, { id, email }, `confirm:${now}`, (link) => followLetter.confirm(link), origin);
    return ok(undefined);
  });

/** What a link of a message is about; undefined for one that leads to nothing any more. */
export const readFollow = async (context: Context, secret: string) => {
  if (!looksLikeSecret(secret)) return undefined;
  const row = await context.db
    .selectFrom('tour_follow_mail')
    .innerJoin('tour_follow', 'tour_follow.id', 'tour_follow_mail.follow')
    .leftJoin('tour', 'tour.id', 'tour_follow.tour')
    .leftJoin('tour_stop', 'tour_stop.id', 'tour_follow.stop')
    .leftJoin('tour as tour_of_stop', 'tour_of_stop.id', 'tour_stop.tour_id')
    .select(['tour_follow.id', 'tour_follow.confirmed_at', 'tour_follow.insee', 'tour_stop.label'])
    .select(({ fn }) => fn.coalesce('tour.name', 'tour_of_stop.name').as('tourName'))
    .where('tour_follow_mail.hash', '=', hashOf(secret))
    .executeTakeFirst();
  if (!row) return undefined;
  const commune = row.insee ? context.indexes.get(territoryIndex).commune(row.insee)?.name : undefined;
  return { ...row, commune, confirmed: row.confirmed_at !== null };
};

/** Confirms, or confirms again for a year. False when the link leads to nothing. */
export const confirmFollow = async (context: Context, secret: string): Promise<boolean> => {
  const follow = await readFollow(context, secret);
  if (!follow) return false;
  await context.db
    .updateTable('tour_follow')
    .set({ confirmed_at: context.clock.now() })
    .where('id', '=', follow.id)
    .execute();
  return true;
};

/** Stops, and erases all that was kept. Twice is once: a link that leads to nothing has nothing left to stop. */
export const stopFollowing = async (context: Context, secret: string): Promise<void> => {
  const follow = await readFollow(context, secret);
  if (follow) await context.db.deleteFrom('tour_follow').where('id', '=', follow.id).execute();
};

/**
 * Writes to whoever follows, once for what it is `about`: told again after an accident, it writes nothing more. `words`
 * gets the page of its link.
 */
export const sendOnce = async (
  { db, mail }: Context,
  follow: { readonly id: string; readonly email: string },
  about: string,
  words: (link: string) => { readonly subject: string; readonly text: string },
  origin: string,
): Promise<void> => {
  const secret = newSecret();
  const written = await db
    .insertInto('tour_follow_mail')
    .values({ follow: follow.id, about, hash: hashOf(secret) })
    .onConflict((known) => known.columns(['follow', 'about']).doNothing())
    .returning('hash')
    .executeTakeFirst();
  if (!written) return;
  const link = `${origin}/bus/suivi/${secret}`;
  await mail.post({ to: follow.email, ...words(link), secret: true, unsubscribe: `${link}/desabonnement` });
};

/** Writes down what somebody is told of without a message of its own. Returns what they had not been told yet. */
export const rememberTold = async (
  { db }: Context,
  follow: { readonly id: string },
  abouts: readonly string[],
): Promise<string[]> => {
  const rows = await db
    .insertInto('tour_follow_mail')
    .values(abouts.map((about) => ({ follow: follow.id, about, hash: hashOf(newSecret()) })))
    .onConflict((known) => known.columns(['follow', 'about']).doNothing())
    .returning('about')
    .execute();
  return rows.map(({ about }) => about);
};

const stopAsked = async (context: Context, stop: number) => {
  const row = await context.db
    .selectFrom('tour_stop')
    .innerJoin('tour', 'tour.id', 'tour_stop.tour_id')
    .select('tour_stop.id')
    .where('tour_stop.id', '=', stop)
    .where('tour_stop.state', '=', 'open')
    .where('tour.state', '=', 'open')
    .executeTakeFirst();
  return row && { stop: row.id, tour: null, insee: null };
};

const nearAsked = async (context: Context, { insee, tour }: { readonly insee: string; readonly tour?: number }) => {
  const commune = context.indexes.get(territoryIndex).commune(insee);
  if (!commune) return undefined;
  const known = tour === undefined ? undefined : await readTour(context, tour);
  return tour === undefined || known ? { stop: null, tour: known?.id ?? null, insee: commune.code } : undefined;
};

const nothingToFollow: Refusal = {
  code: 'nothing_to_follow',
  message: 'Cet arrêt ou cette commune n’existe pas, ou plus. Choisissez-en un autre dans la liste.',
};
