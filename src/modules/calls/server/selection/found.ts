import { sql } from 'kysely';
import { siretsOf } from '#modules/professionals/server/index.ts';
import type { Context } from '#platform/server/context.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import type { SnapshotContent } from '../../application/snapshot.ts';
import { groundsIn, sirenOf } from '../../selection/grounds.ts';
import type { Found, Ground } from '../../selection/interests.ts';
import '../tables.ts';

/** By what somebody is looked for in the files of a call. */
export interface Ties {
  readonly sirens: ReadonlySet<string>;
  /** Of the mailbox: whoever writes a file does not judge it. */
  readonly email: string;
  /** The organisation in whose name they sit as an operator: an application of its own recuses them. */
  readonly operatorOf: string | undefined;
}

/** The files of a call in which one person’s organisations stand, in all that was deposited. */
export const foundFor = async (context: Pick<Context, 'db'>, call: string, ties: Ties): Promise<readonly Found[]> =>
  (await foundForAll(context, [{ call, ties }]))[0] ?? [];

/** The same for several persons, in their order, in two queries. */
export const foundForEach = (context: Pick<Context, 'db'>, call: string, people: readonly Ties[]) =>
  foundForAll(
    context,
    people.map((ties) => ({ call, ties })),
  );

/** The same for persons and calls, each with its own: in their order, in two queries. */
export const foundForAll = async (
  { db }: Pick<Context, 'db'>,
  asked: readonly { readonly call: string; readonly ties: Ties }[],
): Promise<readonly (readonly Found[])[]> => {
  const calls = [...new Set(asked.map(({ call }) => call))];
  const sirens = [...new Set(asked.flatMap(({ ties }) => [...ties.sirens]))];
  const emails = [...new Set(asked.map(({ ties }) => ties.email).filter((email) => email !== ''))];
  const deposited =
    sirens.length === 0 || calls.length === 0
      ? []
      : await db
          .selectFrom('call_snapshot')
          .innerJoin('call_application', 'call_application.id', 'call_snapshot.application')
          .select(['call', 'call_snapshot.application', 'call_snapshot.content'])
          .where('call_application.call', 'in', calls)
          .where(sql<boolean>`call_sirens(call_snapshot.content) && ${sirens}::text[]`)
          .execute();
  const written =
    emails.length === 0 || calls.length === 0
      ? []
      : await db
          .selectFrom('call_application_member')
          .innerJoin('call_application', 'call_application.id', 'call_application_member.application')
          .select(['call', 'call_application.id', 'email'])
          .where('call_application.call', 'in', calls)
          .where('call_application_member.email', 'in', emails)
          .execute();
  const depositedIn = Map.groupBy(deposited, ({ call }) => call);
  const writtenIn = Map.groupBy(written, ({ call }) => call);
  return asked.map(({ call, ties }) => {
    const grounds = new Map<string, Ground[]>();
    const add = (application: string, found: readonly Ground[]) => {
      if (found.length > 0) grounds.set(application, [...(grounds.get(application) ?? []), ...found]);
    };
    for (const { application, content } of depositedIn.get(call) ?? [])
      add(application, groundsIn(content as SnapshotContent, ties.sirens));
    for (const { id, email } of writtenIn.get(call) ?? []) if (email === ties.email) add(id, ['team:']);
    return [...grounds].map(([application, found]) => ({
      ...{ application, grounds: [...new Set(found)] },
      automatic: Boolean(ties.operatorOf) && found.includes(`holder:${ties.operatorOf}`),
    }));
  });
};

/** The organisations of the professionals’ space that a person belongs to, by SIREN. */
export const ownSirens = async (context: PersonContext): Promise<readonly string[]> =>
  context.actor.memberships.length === 0
    ? []
    : ((await sirensOf(context, [context.actor.account])).get(context.actor.account) ?? []);

/** The same for several accounts. */
export const sirensOf = async (
  { db }: Pick<Context, 'db'>,
  accounts: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> => {
  if (accounts.length === 0) return new Map();
  const rows = await db
    .selectFrom('membership')
    .select(['account', 'organisation'])
    .where('account', 'in', accounts)
    .execute();
  const sirets = await siretsOf(
    { db },
    rows.map(({ organisation }) => organisation),
  );
  const known = new Map<string, string[]>();
  for (const { account, organisation } of rows) {
    const siren = sirenOf(sirets.get(organisation) ?? '');
    if (siren) known.set(account, [...(known.get(account) ?? []), siren]);
  }
  return known;
};
