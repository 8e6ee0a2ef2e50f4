import { type Listed, listedOf } from '#modules/professionals/server/index.ts';
import type { OrganisationRole } from '#platform/permissions.ts';
import type { Context } from '#platform/server/context.ts';
import { oneLine } from '#platform/text.ts';
import './tables.ts';

/** Who may write and decide for a registration. */
const keepers: readonly OrganisationRole[] = ['owner', 'editor'];

/** The published registrations that some accounts keep, by account. */
export const listedByAccount = async (
  { db }: Pick<Context, 'db'>,
  accounts: readonly string[],
): Promise<ReadonlyMap<string, readonly Listed[]>> => {
  if (accounts.length === 0) return new Map();
  const held = await db
    .selectFrom('membership')
    .select(['account', 'organisation'])
    .where('account', 'in', accounts)
    .where('role', 'in', keepers)
    .execute();
  const byId = new Map(
    (await listedOf({ db }, [...new Set(held.map(({ organisation }) => organisation))])).map((one) => [one.id, one]),
  );
  const pairs = held.flatMap(({ account, organisation }) => {
    const one = byId.get(organisation);
    return one ? [{ account, one }] : [];
  });
  return new Map(
    [...Map.groupBy(pairs, ({ account }) => account)].map(([key, list]) => [key, list.map(({ one }) => one)]),
  );
};

/** The accounts that keep a registration, those that were erased left out. */
export const keepersOf = async ({ db }: Pick<Context, 'db'>, registration: string): Promise<string[]> => {
  const rows = await db
    .selectFrom('membership')
    .innerJoin('account', 'account.id', 'membership.account')
    .select('account.id')
    .where('organisation', '=', registration)
    .where('role', 'in', keepers)
    .where('account.email', 'is not', null)
    .orderBy('account.id')
    .execute();
  return rows.map(({ id }) => id);
};

/** A name that somebody typed stays on its line, and is never an address of somebody who did not choose to show it. */
export const shownName = (
  account: { readonly name?: string | null | undefined },
  listed: readonly Listed[],
): string => {
  const own = account.name ?? undefined;
  const [first] = listed;
  if (!first) return shortLine(own ?? 'Une personne sans nom affiché');
  return shortLine(own && own !== first.name ? `${own} (${first.name})` : first.name);
};

/** A text on one line, of 160 signs at most. */
export const shortLine = (text: string): string => [...oneLine(text)].slice(0, 160).join('');
