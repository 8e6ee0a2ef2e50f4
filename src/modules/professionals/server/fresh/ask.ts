import { todayIn } from '#platform/clock.ts';
import { type Context, inTransaction } from '#platform/server/context.ts';
import { hashOf, newSecret } from '#platform/server/identity/secret.ts';
import { addressHash } from '#platform/server/mail/addresses.ts';
import { mayBeAsked, shouldRemind } from '../../fresh/rhythm.ts';
import { askMail } from './ask-mail.ts';
import { askedAbout } from './asked-about.ts';
import { freshnessOf } from './listings.ts';
import './tables.ts';

/** Days that the link of a message opens. */
export const LINK_DAYS = 60;

/** The most listings of one message: what is left waits for another day. */
const MOST_AT_ONCE = 60;

export interface AskOrder {
  readonly account: string | null;
  readonly email: string;
  /** Rows of `listing_freshness`. */
  readonly listings: readonly string[];
  /** Origin of the link. */
  readonly site: string;
  readonly campaign?: { readonly id: string; readonly askedBy: string };
}

/**
 * Writes one message to one person about the listings that may be asked about today, all in one transaction: what has been
 * asked meanwhile is left out, and who dies in the middle has asked nothing. Returns the listings asked about.
 */
export const askPerson = (context: Context, order: AskOrder): Promise<readonly string[]> =>
  inTransaction(context, async (inside) => {
    const { db, clock, mail } = inside;
    const today = todayIn(clock, 'Europe/Paris');
    const rows = await db
      .selectFrom('listing_freshness')
      .selectAll()
      .where('id', 'in', [...order.listings])
      .orderBy('id')
      .forUpdate()
      .execute();
    const rule = order.campaign ? mayBeAsked : shouldRemind;
    const listings = [];
    for (const row of rows.filter((one) => rule(freshnessOf(one), today)).slice(0, MOST_AT_ONCE)) {
      const about = await askedAbout(inside, row);
      if (about) listings.push({ row, about });
    }
    const [first] = listings;
    if (!first) return [];

    const token = newSecret();
    const now = clock.now();
    const ids = listings.map(({ row }) => row.id);
    const { id: ask } = await db
      .insertInto('freshness_ask')
      .values({
        ...{ token_hash: hashOf(token), account: order.account, address_hash: addressHash(order.email) },
        ...{ campaign: order.campaign?.id ?? null, asked_at: now, expires_at: now.add({ hours: LINK_DAYS * 24 }) },
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await db
      .insertInto('freshness_question')
      .values(ids.map((listing) => ({ ask, listing, answer: null, answered_at: null })))
      .execute();
    await db
      .updateTable('listing_freshness')
      .set(({ eb }) => ({ asked_on: today, asks: eb('asks', '+', 1) }))
      .where('id', 'in', ids)
      .execute();
    const link = `${order.site}/professionnels/a-jour/${token}`;
    await mail.post({
      ...{ to: order.email, secret: true, unsubscribe: `${link}/desabonnement` },
      key: `fresh/${order.campaign?.id ?? today}/${first.row.id}`,
      ...askMail({
        listings: listings.map(({ row, about }) => ({
          ...{ name: about.name, where: about.where },
          due: row.confirmed_on ? row.due_on.toString() : null,
        })),
        ...{ link, askedBy: order.campaign?.askedBy, days: LINK_DAYS },
        source: order.account === null ? first.about.source : undefined,
      }),
    });
    return ids;
  });
