import { sql } from 'kysely';
import { type LocalEntry, offersOfPerson } from '#modules/directory/server/index.ts';
import type { Listed } from '#modules/professionals/server/index.ts';
import { can, type Scope } from '#platform/permissions.ts';
import type { Context } from '#platform/server/context.ts';
import { listMembers } from '#platform/server/identity/members.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { listedByAccount, shownName } from './names.ts';
import { mayCoordinate, readNetwork } from './networks.ts';
import './tables.ts';

/** A network as whoever signed in sees it: its inside is for the members. */
export interface NetworkView {
  readonly id: string;
  readonly name: string;
  readonly purpose: string;
  readonly territory: Scope;
  readonly coordinators: readonly string[];
  readonly size: number;
  readonly mine: 'owner' | 'editor' | 'reader' | undefined;
  readonly asked: boolean;
  readonly coordinates: boolean;
  /** For the members alone. */
  readonly members: readonly { readonly account: string; readonly name: string; readonly listed: readonly Listed[] }[];
  readonly notes: readonly {
    readonly id: string;
    readonly metOn: Temporal.PlainDate;
    readonly title: string;
    readonly text: string;
  }[];
  /** For who coordinates. */
  readonly requests: readonly { readonly account: string; readonly name: string; readonly words: string }[];
}

/** The page of one network. Nothing for one that does not exist. */
export const networkView = async (context: PersonContext, id: string): Promise<NetworkView | undefined> => {
  const network = await readNetwork(context, id);
  if (!network) return undefined;
  const { db, actor } = context;
  const people = await listMembers(context, id);
  const listed = await listedByAccount(
    context,
    people.map(({ account }) => account),
  );
  const nameOf = (person: { account: string; name: string | null }): string =>
    shownName(person, listed.get(person.account) ?? []);
  const reads = can(actor, 'network.read', { organisation: id });
  const coordinates = mayCoordinate(context, id, network.territory);
  const asked = await db
    .selectFrom('network_request')
    .select('account')
    .where('network', '=', id)
    .where('account', '=', actor.account)
    .executeTakeFirst();
  return {
    ...{ id, ...network, coordinates, size: people.length, asked: asked !== undefined },
    mine: people.find(({ account }) => account === actor.account)?.role,
    coordinators: people.filter(({ role }) => role === 'owner').map(nameOf),
    members: reads
      ? people.map((person) => ({
          ...{ account: person.account, name: nameOf(person), listed: listed.get(person.account) ?? [] },
        }))
      : [],
    notes: reads ? await notesOf(context, id) : [],
    requests: coordinates ? await requestsOf(context, id) : [],
  };
};

/** The listings of the members, as lines of a directory to print. For the members; nothing for anybody else. */
export const networkEntries = async (context: PersonContext, id: string): Promise<LocalEntry[] | undefined> => {
  if (!(await readNetwork(context, id)) || !can(context.actor, 'network.read', { organisation: id })) return undefined;
  const people = await listMembers(context, id);
  const listed = await listedByAccount(
    context,
    people.map(({ account }) => account),
  );
  const registrations = [...new Set([...listed.values()].flatMap((all) => all.map((one) => one.id)))];
  return offersOfPerson(context, registrations);
};

const notesOf = async ({ db }: Context, id: string): Promise<NetworkView['notes']> => {
  const rows = await db
    .selectFrom('network_note')
    .select(['id', 'met_on', 'title', 'text'])
    .where('network', '=', id)
    .orderBy('met_on', 'desc')
    .orderBy('written_at', 'desc')
    .limit(200)
    .execute();
  return rows.map(({ id: note, met_on, title, text }) => ({ id: note, metOn: met_on, title, text }));
};

const requestsOf = async (context: Context, id: string): Promise<NetworkView['requests']> => {
  const { rows } = await sql<{ account: string; name: string | null; words: string }>`
    select account, name, words from network_request
    join account on account.id = network_request.account and account.email is not null
    where network = ${id} order by network_request.created_at, account`.execute(context.db);
  const listed = await listedByAccount(
    context,
    rows.map(({ account }) => account),
  );
  return rows.map(({ account, name, words }) => ({
    ...{ account, words },
    name: shownName({ name }, listed.get(account) ?? []),
  }));
};
