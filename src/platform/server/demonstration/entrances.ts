import { ok, type Refusal, type Result, refuse } from '#platform/result.ts';
import type { AccountId, Context } from '../context.ts';
import type { Database } from '../database/database.ts';
import { accountOfEmail } from '../identity/accounts.ts';

/** One role that whoever visits the demonstration may take. */
export interface Entrance {
  /** In addresses and forms. */
  readonly code: string;
  /** Of the account: a domain that no mailbox has (RFC 2606). */
  readonly email: string;
  readonly title: string;
  /** What this person does here, in a sentence. */
  readonly words: string;
  /** Address of the page where they begin. */
  readonly leadsTo: string;
}

interface EntranceTable {
  code: string;
  position: number;
  email: string;
  title: string;
  words: string;
  leads_to: string;
}

declare module '#platform/server/database/database.ts' {
  interface Tables {
    demonstration_entrance: EntranceTable;
  }
}

/** Says that this base is a demonstration, with the ways in. */
export const openDemonstration = async ({ db }: Context, entrances: readonly Entrance[]): Promise<void> => {
  await db
    .insertInto('demonstration_entrance')
    .values(entrances.map(({ leadsTo, ...entrance }, position) => ({ ...entrance, position, leads_to: leadsTo })))
    .execute();
};

/** The ways in, in the order of a visit; none where the base is no demonstration. */
export const readEntrances = async (db: Database): Promise<readonly Entrance[]> => {
  const rows = await db.selectFrom('demonstration_entrance').selectAll().orderBy('position').execute();
  return rows.map(({ leads_to, position, ...entrance }) => ({ ...entrance, leadsTo: leads_to }));
};

/**
 * The account of a role of the demonstration, without any proof: everybody in this base is fictional. To be asked at the
 * machine itself only. Refuses what is no role, hence everything in a base that is no demonstration.
 */
export const enterDemonstration = async (
  context: Context,
  code: string,
): Promise<Result<{ readonly account: AccountId; readonly leadsTo: string }>> => {
  const found = (await readEntrances(context.db)).find((entrance) => entrance.code === code);
  return found
    ? ok({ account: await accountOfEmail(context, found.email), leadsTo: found.leadsTo })
    : refuse(noSuchRole);
};

const noSuchRole: Refusal = { code: 'no_such_role', message: 'Ce rôle n’existe pas dans la démonstration.' };
