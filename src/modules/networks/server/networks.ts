import { sql } from 'kysely';
import { listedOf } from '#modules/professionals/server/index.ts';
import { coversIn, formatTerritory, parseTerritory, type Territory } from '#modules/territory/index.ts';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { isUuid } from '#platform/ids.ts';
import { can, type Scope } from '#platform/permissions.ts';
import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import { type Context, inTransaction } from '#platform/server/context.ts';
import { authorise } from '#platform/server/identity/authorise.ts';
import { endOrganisation, listMembers, setMember } from '#platform/server/identity/members.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { readText } from '../message.ts';
import { shortLine } from './names.ts';
import './tables.ts';

/** How much a network says of itself, and how many one person starts. */
export const networkLimits = { name: 80, purpose: 600, started: 5 } as const;

/** A network that somebody begins. */
export interface NewNetwork {
  readonly name: string;
  readonly purpose: string;
  /** `epci:243500139`. */
  readonly territory: string;
  /** The registration in whose name it is begun; empty for an agent. */
  readonly as: string;
}

/**
 * Begins a local network: its author coordinates it. For who is listed in that territory, or is charged with its networks.
 */
export const startNetwork = (context: PersonContext, asked: NewNetwork): Promise<Result<string>> =>
  inTransaction(context, async (inside) => {
    const { db, clock, indexes } = inside;
    const territories = indexes.get(territoryIndex);
    const covers = coversIn(territories);
    const territory = parseTerritory(asked.territory);
    if (!territory.ok || !territories.describe(territory.value)) return refuse(noTerritory);
    const scope: Scope = formatTerritory(territory.value) as Scope;
    const [own] = asked.as === '' ? [] : await listedOf(inside, [asked.as]);
    if (asked.as !== '' && !(own?.insee && covers(scope, `commune:${own.insee}`))) return refuse(notFromThere);
    const allowed = await authorise(
      inside,
      'network.start',
      own ? { organisation: own.id } : { territory: scope },
      covers,
    );
    if (!allowed.ok) return allowed;
    const name = readText(shortLine(asked.name), 'name', networkLimits.name);
    if (!name.ok) return name;
    const purpose = readText(asked.purpose, 'purpose', networkLimits.purpose);
    if (!purpose.ok) return purpose;
    const { account } = context.actor;
    const { count } = await db
      .selectFrom('network')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('created_by', '=', account)
      .executeTakeFirstOrThrow();
    if (count >= networkLimits.started) return refuse(tooManyStarted);
    const { id } = await db
      .insertInto('network')
      .values({
        ...{ name: name.value, purpose: purpose.value, territory: scope },
        ...{ created_by: account, created_at: clock.now() },
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    const joined = await setMember(inside, id, account, 'owner');
    return joined.ok ? ok(id) : joined;
  });

/** Ends a network: its members leave, its notes and its requests are erased. For who coordinates it. */
export const endNetwork = (context: PersonContext, id: string): Promise<Result<void>> =>
  inTransaction(context, async (inside) => {
    const found = await coordinated(inside, id);
    if (!found.ok) return found;
    const { db } = inside;
    await endOrganisation(inside, id);
    await db.deleteFrom('invitation').where('organisation', '=', id).execute();
    await db.deleteFrom('network').where('id', '=', id).execute();
    return ok(undefined);
  });

/** Somebody who is charged with the networks of a territory becomes a coordinator of one: nobody is left there to do it. */
export const takeOver = (context: PersonContext, id: string): Promise<Result<void>> =>
  inTransaction(context, async (inside) => {
    const found = await coordinated(inside, id);
    return found.ok ? setMember(inside, id, context.actor.account, 'owner') : found;
  });

/** Asks to join, in a few words. Asking again changes the words; who is a member already is told so. */
export const askToJoin = (
  context: PersonContext,
  id: string,
  typed: string,
  origin: string | undefined,
): Promise<Result<void>> =>
  inTransaction(context, async (inside) => {
    const { db, clock, mail } = inside;
    const { account } = context.actor;
    const network = await readNetwork(inside, id);
    if (!network) return refuse(noSuchNetwork);
    const members = await listMembers(inside, id);
    if (members.some((member) => member.account === account)) return refuse(alreadyMember);
    const words = readText(typed, 'words', networkLimits.purpose);
    if (!words.ok) return words;
    const row = { network: id, account, words: words.value, created_at: clock.now() };
    const { rows } = await sql<{ first: boolean }>`
      insert into network_request (network, account, words, created_at)
      values (${row.network}, ${row.account}, ${row.words}, ${row.created_at})
      on conflict (network, account) do update set words = excluded.words
      returning xmax = 0 as first`.execute(db);
    // The coordinators are told once, however often the words change.
    if (!rows[0]?.first) return ok(undefined);
    for (const owner of members.filter(({ role }) => role === 'owner')) {
      if (!owner.email) continue;
      await mail.post({
        to: owner.email,
        ...requestMail(shortLine(network.name), origin && `${origin}${networkPath(id)}`),
      });
    }
    return ok(undefined);
  });

/** Lets somebody who asked join, or not. They are told by mail. For who coordinates. */
export const answerRequest = (
  context: PersonContext,
  id: string,
  account: string,
  accepts: boolean,
  origin: string | undefined,
): Promise<Result<void>> =>
  inTransaction(context, async (inside) => {
    const { db, mail } = inside;
    const found = await coordinated(inside, id);
    if (!found.ok) return found;
    const request = isUuid(account)
      ? await db
          .deleteFrom('network_request')
          .where('network', '=', id)
          .where('account', '=', account)
          .returning('account')
          .executeTakeFirst()
      : undefined;
    if (!request) return refuse(noSuchRequest);
    const asked = await db.selectFrom('account').select('email').where('id', '=', account).executeTakeFirst();
    if (!asked?.email) return refuse(noSuchRequest);
    const link = origin && `${origin}${networkPath(id)}`;
    await mail.post({ to: asked.email, ...answerMail(shortLine(found.value.name), accepts, link) });
    if (!accepts || (await isMember(inside, id, account))) return ok(undefined);
    return setMember(inside, id, account, 'reader');
  });

/** A network, for who may coordinate it now: asked inside the transaction that acts. */
export const coordinated = async (
  inside: Context,
  id: string,
): Promise<Result<{ readonly name: string; readonly territory: Scope }>> => {
  const network = await readNetwork(inside, id);
  if (!network) return refuse(noSuchNetwork);
  const covers = coversIn(inside.indexes.get(territoryIndex));
  const target = { organisation: id, territory: network.territory };
  const allowed = await authorise(inside, 'network.coordinate', target, covers);
  return allowed.ok ? ok(network) : allowed;
};

/** Whether the actor may coordinate, for a page. */
export const mayCoordinate = ({ actor, indexes }: Context, id: string, territory: Scope): boolean =>
  can(actor, 'network.coordinate', { organisation: id, territory }, coversIn(indexes.get(territoryIndex)));

/** What is said of a network to everybody who signed in. */
export const readNetwork = async (
  { db }: Pick<Context, 'db'>,
  id: string,
): Promise<{ readonly name: string; readonly purpose: string; readonly territory: Scope } | undefined> =>
  isUuid(id)
    ? db.selectFrom('network').select(['name', 'purpose', 'territory']).where('id', '=', id).executeTakeFirst()
    : undefined;

/** A line of a list of networks. */
export interface NetworkLine {
  readonly id: string;
  readonly name: string;
  readonly territory: Scope;
  readonly members: number;
}

/** The networks of a territory, of those in it and of those around it, in the order of their names. */
export const networksAround = async (context: Context, territory: Territory): Promise<NetworkLine[]> => {
  const covers = coversIn(context.indexes.get(territoryIndex));
  const here = formatTerritory(territory) as Scope;
  const { rows } = await sql<NetworkLine>`${lines} order by network.name, network.id`.execute(context.db);
  return rows.filter((row) => covers(row.territory, here) || covers(here, row.territory));
};

/** The networks that the actor is a member of. */
export const ownNetworks = async ({ db, actor }: PersonContext): Promise<NetworkLine[]> => {
  const mine = actor.memberships.map(({ organisation }) => organisation).filter(isUuid);
  const { rows } = await sql<NetworkLine>`
    ${lines} where network.id = any(${mine}::uuid[]) order by network.name, network.id`.execute(db);
  return rows;
};

const lines = sql`
  select network.id, network.name, network.territory,
    (select count(*)::integer from membership where organisation = network.id::text) as members
  from network`;

/** Address of the page of a network. */
export const networkPath = (id: string): string => `/professionnels/espace/reseaux/${id}`;

const isMember = async ({ db }: Context, organisation: string, account: string): Promise<boolean> =>
  (await db
    .selectFrom('membership')
    .select('role')
    .where('organisation', '=', organisation)
    .where('account', '=', account)
    .executeTakeFirst()) !== undefined;

const requestMail = (name: string, link: string | undefined) => ({
  subject: `Une demande pour rejoindre « ${name} »`,
  text: [
    'Bonjour,',
    '',
    `Quelqu’un demande à rejoindre le réseau « ${name} », que vous animez sur Mille jours.`,
    '',
    link ? `Lire la demande et y répondre : ${link}` : 'Ouvrez le site, « Espace professionnel », pour y répondre.',
  ].join('\n'),
});

const answerMail = (name: string, accepted: boolean, link: string | undefined) => ({
  subject: accepted ? `Bienvenue dans « ${name} »` : `Votre demande pour « ${name} »`,
  text: [
    'Bonjour,',
    '',
    ...(accepted
      ? [
          `Vous faites maintenant partie du réseau « ${name} ». Vous pouvez le quitter à tout moment, sur sa page.`,
          '',
          link ?? 'Ouvrez le site, « Espace professionnel ».',
        ]
      : [`Votre demande pour rejoindre le réseau « ${name} » n’a pas été acceptée.`]),
  ].join('\n'),
});

const noTerritory: Refusal = { code: 'no_territory', field: 'territory', message: 'Choisissez un territoire.' };
const notFromThere: Refusal = {
  code: 'not_from_there',
  field: 'territory',
  message: 'Choisissez un territoire où votre inscription est en ligne.',
};
const tooManyStarted: Refusal = {
  code: 'too_many_started',
  message: `Vous avez déjà ouvert ${networkLimits.started} réseaux. Fermez-en un, ou écrivez-nous.`,
};
export const noSuchNetwork: Refusal = { code: 'no_such_network', message: 'Ce réseau n’existe pas, ou plus.' };
const noSuchRequest: Refusal = { code: 'no_such_request', message: 'Cette demande a déjà reçu une réponse.' };
const alreadyMember: Refusal = { code: 'already_member', message: 'Vous faites déjà partie de ce réseau.' };
