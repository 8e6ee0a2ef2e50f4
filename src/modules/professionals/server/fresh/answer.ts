import { dayAt } from '#platform/clock.ts';
import { isUuid } from '#platform/ids.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import { type Context, inTransaction } from '#platform/server/context.ts';
import { noteSeen } from '#platform/server/identity/idle.ts';
import { hashOf, looksLikeSecret } from '#platform/server/identity/secret.ts';
import { forgetRefusal, setSilent } from '#platform/server/mail/addresses.ts';
import { type AskedAbout, askedAbout } from './asked-about.ts';
import { confirmListing } from './listings.ts';
import './tables.ts';

/** What somebody who opened the link of a message is shown. */
export interface AskView {
  /** Questions can still be answered. */
  readonly alive: boolean;
  /** This address asked to be left alone. */
  readonly silent: boolean;
  readonly listings: readonly (AskedAbout & {
    readonly id: string;
    readonly answer: 'exact' | 'changed' | null;
    /** ISO day. */
    readonly answeredOn: string | undefined;
  })[];
}

/**
 * The questions of a link and what is published of each listing; nothing for a word that is none. Reading uses nothing up:
 * programs that read mails open links.
 */
export const readAsk = async (context: Context, token: string): Promise<AskView | undefined> => {
  const ask = await findAsk(context, token);
  if (!ask) return undefined;
  const { db } = context;
  const rows = await db
    .selectFrom('freshness_question')
    .innerJoin('listing_freshness', 'listing_freshness.id', 'freshness_question.listing')
    .selectAll('listing_freshness')
    .select(['answer', 'answered_at'])
    .where('ask', '=', ask.id)
    .orderBy('listing_freshness.due_on')
    .orderBy('listing_freshness.id')
    .execute();
  const listings = [];
  for (const { answer, answered_at, ...row } of rows) {
    const about = await askedAbout(context, row);
    if (!about) continue;
    const answeredOn = answered_at ? dayAt(answered_at, 'Europe/Paris').toString() : undefined;
    listings.push({ ...about, id: row.id, answer, answeredOn });
  }
  const known = await db
    .selectFrom('mail_address')
    .select('silent_since')
    .where('hash', '=', ask.address_hash)
    .executeTakeFirst();
  return {
    alive: isAlive(context, ask),
    silent: known?.silent_since != null,
    listings,
  };
};

/**
 * « Toujours exact », from the link of a message, without signing in. Once for each listing: a link that is replayed
 * confirms nothing more. Refuses a word that is none or too old, and a listing that the message was not about.
 */
export const answerExact = (context: Context, token: string, listing: string): Promise<Result<void>> =>
  inTransaction(context, async (inside) => {
    const { db } = inside;
    const ask = await findAsk(inside, token);
    if (!ask || !isUuid(listing) || !isAlive(inside, ask)) return refuse(deadLink);
    const row = await db
      .selectFrom('freshness_question')
      .innerJoin('listing_freshness', 'listing_freshness.id', 'freshness_question.listing')
      .selectAll('listing_freshness')
      .select('answered_at')
      .where('ask', '=', ask.id)
      .where('listing', '=', listing)
      .forUpdate()
      .executeTakeFirst();
    if (!row) return refuse(deadLink);
    if (row.answered_at) return refuse(answered);
    if (!(await askedAbout(inside, row))) return refuse(notPublished);
    await confirmListing(inside, row, 'exact');
    await forgetRefusal(db, ask.address_hash);
    if (ask.account) await noteSeen(inside, ask.account);
    return ok(undefined);
  });

/**
 * Who received the message wants no more of them, ever: any link says it, however old. Or does again: that asks for a link
 * that still lives, so that no old message found somewhere undoes a refusal. False for a word that is none, or too old.
 */
export const silenceByLink = async (context: Context, token: string, silent: boolean): Promise<boolean> => {
  const ask = await findAsk(context, token);
  if (!ask || (!silent && !isAlive(context, ask))) return false;
  await setSilent(context.db, ask.address_hash, silent ? context.clock.now() : null);
  return true;
};

const isAlive = ({ clock }: Context, { expires_at }: { readonly expires_at: Temporal.Instant }): boolean =>
  Temporal.Instant.compare(expires_at, clock.now()) > 0;

const findAsk = async ({ db }: Context, token: string) =>
  looksLikeSecret(token)
    ? db.selectFrom('freshness_ask').selectAll().where('token_hash', '=', hashOf(token)).executeTakeFirst()
    : undefined;

const deadLink: Refusal = {
  code: 'dead_link',
  message: 'Ce lien ne sert plus. Connectez-vous pour confirmer votre fiche, ou attendez le prochain message.',
};
const answered: Refusal = { code: 'answered', message: 'C’est déjà répondu pour cette fiche : rien n’a été changé.' };
const notPublished: Refusal = {
  code: 'not_published',
  message: 'Cette fiche n’est plus publiée : il n’y a rien à confirmer.',
};
