import { sql } from 'kysely';
import { listedOf } from '#modules/professionals/server/index.ts';
import { coversIn } from '#modules/territory/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { isUuid } from '#platform/ids.ts';
import type { Scope } from '#platform/permissions.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import { type Context, inTransaction } from '#platform/server/context.ts';
import { authorise } from '#platform/server/identity/authorise.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { hashOf, looksLikeSecret, newSecret } from '#platform/server/identity/secret.ts';
import { readText, relayLetter, relayLimits } from '../message.ts';
import { keepersOf, listedByAccount, shortLine, shownName } from './names.ts';
import './tables.ts';

/** What somebody writes to a professional or a structure. */
export interface Letter {
  /** The registration that receives. */
  readonly to: string;
  /** The registration in whose name one writes; empty for an agent. */
  readonly as: string;
  readonly text: string;
  /** Address of the site, when it is known for sure. */
  readonly origin: string | undefined;
}

/**
 * Writes to whoever keeps a published registration. No address is shown to either. Refused to who is neither listed nor an
 * agent there, beyond `relayLimits`, and where nobody receives.
 */
export const writeTo = (context: PersonContext, { to, as, text, origin }: Letter): Promise<Result<void>> =>
  inTransaction(context, async (inside) => {
    const [listed] = await listedOf(inside, [to]);
    if (!listed) return refuse(nobodyThere);
    const [own] = as === '' ? [] : await listedOf(inside, [as]);
    if (as !== '' && !own) return refuse(notListed);
    const territory: Scope = listed.insee ? `commune:${listed.insee}` : 'france';
    const covers = coversIn(inside.indexes.get(territoryIndex));
    const allowed = await authorise(inside, 'relay.write', own ? { organisation: own.id } : { territory }, covers);
    if (!allowed.ok) return allowed;
    const words = readText(text, 'text');
    if (!words.ok) return words;
    const { account } = context.actor;
    const may = await mayWrite(inside, account, { registration: to });
    if (!may.ok) return may;
    const receivers = await reachable(inside, account, await keepersOf(inside, to));
    if (receivers.length === 0) return refuse(notReachable);
    const { id } = await inside.db
      .insertInto('relay_thread')
      .values({
        writer: account,
        writer_as: own?.id ?? null,
        registration: to,
        network: null,
        last_at: inside.clock.now(),
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await post(inside, {
      ...{ thread: id, author: account, authorName: shownName(context.actor, own ? [own] : []) },
      ...{ receivers, text: words.value, about: shortLine(listed.name), origin },
    });
    return ok(undefined);
  });

/** Writes to all the members of a network, as one of them. Refused to who is not, and as `writeTo` is. */
export const writeToNetwork = (
  context: PersonContext,
  network: string,
  typed: string,
  origin: string | undefined,
): Promise<Result<void>> =>
  inTransaction(context, async (inside) => {
    const row = isUuid(network)
      ? await inside.db.selectFrom('network').select('name').where('id', '=', network).executeTakeFirst()
      : undefined;
    if (!row) return refuse(nobodyThere);
    const allowed = await authorise(inside, 'network.read', { organisation: network });
    if (!allowed.ok) return allowed;
    const words = readText(typed, 'text');
    if (!words.ok) return words;
    const { account } = context.actor;
    const may = await mayWrite(inside, account, { network });
    if (!may.ok) return may;
    const members = await inside.db
      .selectFrom('membership')
      .select('account')
      .where('organisation', '=', network)
      .orderBy('account')
      .execute();
    const others = members.map((member) => member.account).filter((member) => member !== account);
    const receivers = await reachable(inside, account, others);
    if (receivers.length === 0) return refuse(nobodyElse);
    const { id } = await inside.db
      .insertInto('relay_thread')
      .values({ writer: account, writer_as: null, registration: null, network, last_at: inside.clock.now() })
      .returning('id')
      .executeTakeFirstOrThrow();
    const own = await listedByAccount(inside, [account]);
    await post(inside, {
      ...{ thread: id, author: account, authorName: shownName(context.actor, own.get(account) ?? []) },
      ...{ receivers, text: words.value, about: shortLine(row.name), origin },
    });
    return ok(undefined);
  });

/** Answers whoever wrote a message, from the link in the mail that carried it: no need to sign in. */
export const answer = (
  context: Context,
  token: string,
  typed: string,
  origin: string | undefined,
): Promise<Result<void>> =>
  inTransaction(context, async (inside) => {
    const delivery = await readDelivery(inside, token);
    if (!delivery) return refuse(deadLink);
    const words = readText(typed, 'text');
    if (!words.ok) return words;
    const may = await mayWrite(inside, delivery.account, undefined);
    if (!may.ok) return may;
    const receivers = await reachable(inside, delivery.account, [delivery.author]);
    if (receivers.length === 0) return refuse(notReachable);
    const { db } = inside;
    const own = await db.selectFrom('account').select('name').where('id', '=', delivery.account).executeTakeFirst();
    const listed = (await listedByAccount(inside, [delivery.account])).get(delivery.account) ?? [];
    // Of several registrations, the one that was written to.
    const first = listed.toSorted(
      (a, b) => Number(b.id === delivery.registration) - Number(a.id === delivery.registration),
    );
    await post(inside, {
      ...{ thread: delivery.thread, author: delivery.account, authorName: shownName({ name: own?.name }, first) },
      ...{ receivers, text: words.value, about: undefined, origin },
    });
    return ok(undefined);
  });

/** One message as it reached one mailbox, found by the token of its link. */
export interface Delivery {
  readonly account: string;
  readonly message: string;
  readonly thread: string;
  readonly author: string;
  readonly author_name: string;
  readonly text: string | null;
  readonly sent_at: Temporal.Instant;
  readonly reported_at: Temporal.Instant | null;
  readonly registration: string | null;
  readonly blocked: boolean;
  readonly refuses: boolean;
}

/** What a link leads to; nothing for one that never was, or is too old. */
export const readDelivery = async ({ db }: Pick<Context, 'db'>, token: string): Promise<Delivery | undefined> => {
  if (!looksLikeSecret(token)) return undefined;
  const { rows } = await sql<Delivery>`
    select delivery.account, delivery.message, message.thread, message.author, message.author_name, message.text,
      message.sent_at, message.reported_at, thread.registration,
      exists (select from relay_block where account = delivery.account and blocked = message.author) as blocked,
      exists (select from relay_refusal where account = delivery.account) as refuses
    from relay_delivery as delivery
    join relay_message as message on message.id = delivery.message
    join relay_thread as thread on thread.id = message.thread
    join account on account.id = delivery.account and account.email is not null
    where delivery.token_hash = ${hashOf(token)}`.execute(db);
  return rows[0];
};

/** Those to whom this author may write: who refuses everything, or this person, is left out without a word. */
const reachable = async (
  { db }: Context,
  author: string,
  accounts: readonly string[],
): Promise<{ id: string; email: string }[]> => {
  const { rows } = await sql<{ id: string; email: string }>`
    select id, email from account
    where id = any(${accounts.filter((account) => account !== author)}::uuid[]) and email is not null
      and not exists (select from relay_refusal where account = account.id)
      and not exists (select from relay_block where relay_block.account = account.id and blocked = ${author})
    order by id`.execute(db);
  return rows;
};

/** Refuses who was asked to stop, and who wrote enough today, in all or to one receiver. One at a time for one account. */
const mayWrite = async (
  { db, clock }: Context,
  account: string,
  to: { readonly registration: string } | { readonly network: string } | undefined,
): Promise<Result<void>> => {
  await sql`select pg_advisory_xact_lock(hashtext(${`relay ${account}`}))`.execute(db);
  const banned = await db.selectFrom('relay_ban').select('account').where('account', '=', account).executeTakeFirst();
  if (banned) return refuse(stopped);
  const yesterday = clock.now().subtract({ hours: 24 });
  const sent = await db
    .selectFrom('relay_message')
    .innerJoin('relay_thread', 'relay_thread.id', 'relay_message.thread')
    .select(['registration', 'network'])
    .where('author', '=', account)
    .where('sent_at', '>', yesterday)
    .execute();
  if (sent.length >= relayLimits.aDay) return refuse(tooMany);
  const toOne = sent.filter((row) =>
    to && 'network' in to ? row.network === to.network : to && row.registration === to.registration,
  );
  return toOne.length >= relayLimits.aDayToOne ? refuse(tooManyToOne) : ok(undefined);
};

const post = async (
  inside: Context,
  given: {
    readonly thread: string;
    readonly author: string;
    readonly authorName: string;
    readonly receivers: readonly { readonly id: string; readonly email: string }[];
    readonly text: string;
    readonly about: string | undefined;
    readonly origin: string | undefined;
  },
): Promise<void> => {
  const { db, clock, mail } = inside;
  const { thread, author, authorName, receivers, text, about, origin } = given;
  const now = clock.now();
  await db.updateTable('relay_thread').set({ last_at: now }).where('id', '=', thread).execute();
  const { id } = await db
    .insertInto('relay_message')
    .values({ thread, author, author_name: authorName, text, sent_at: now, reported_at: null, settled_at: null })
    .returning('id')
    .executeTakeFirstOrThrow();
  const letters = receivers.map((receiver) => ({ receiver, token: newSecret() }));
  await db
    .insertInto('relay_delivery')
    .values(letters.map(({ receiver, token }) => ({ token_hash: hashOf(token), message: id, account: receiver.id })))
    .execute();
  for (const { receiver, token } of letters) {
    const link = origin && `${origin}/relais/${token}`;
    await mail.post({
      ...{ to: receiver.email, ...relayLetter({ from: authorName, about, text, link }) },
      // One POST of the mail programme itself stops everything (RFC 8058). Whoever reads the link answers as the receiver:
      // the outbox forgets it once it has left.
      ...(link ? { unsubscribe: `${link}/desabonnement`, secret: true } : {}),
    });
  }
};

export const deadLink: Refusal = {
  code: 'link_dead',
  message: 'Ce lien ne mène plus à rien : le message est trop ancien, ou le compte a été effacé.',
};
const nobodyThere: Refusal = { code: 'nobody_there', message: 'Cette fiche n’est pas, ou plus, en ligne.' };
const notListed: Refusal = {
  code: 'not_listed',
  field: 'as',
  message: 'Pour écrire, votre inscription doit être en ligne : la personne qui reçoit sait ainsi qui lui écrit.',
};
const notReachable: Refusal = {
  code: 'not_reachable',
  message: 'Ce message ne peut pas être remis : personne, là-bas, ne reçoit de messages par Mille jours.',
};
const nobodyElse: Refusal = {
  code: 'nobody_else',
  message: 'Aucun autre membre ne reçoit de messages par Mille jours pour l’instant.',
};
const stopped: Refusal = {
  code: 'relay_stopped',
  message: 'Après un signalement, l’équipe de modération a suspendu vos messages. Écrivez-nous pour en parler.',
};
const tooMany: Refusal = {
  code: 'too_many_messages',
  message: `Vous avez écrit ${relayLimits.aDay} messages en un jour. Reprenez demain.`,
};
const tooManyToOne: Refusal = {
  code: 'too_many_to_one',
  message: `Vous avez déjà écrit ${relayLimits.aDayToOne} fois en un jour à cette adresse. Laissez le temps de répondre.`,
};
