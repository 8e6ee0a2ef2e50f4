import { sql } from 'kysely';
import { ownRegistrations } from '#modules/professionals/server/index.ts';
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

/** The files of a call in which a person’s organisations stand, in all that was deposited. */
export const foundFor = async (
  { db }: Pick<Context, 'db'>,
  call: string,
  { sirens, email, operatorOf }: Ties,
): Promise<readonly Found[]> => {
  const grounds = new Map<string, Set<Ground>>();
  const add = (application: string, found: readonly Ground[]) =>
    grounds.set(application, new Set([...(grounds.get(application) ?? []), ...found]));
  if (sirens.size > 0) {
    const rows = await db
      .selectFrom('call_snapshot')
      .innerJoin('call_application', 'call_application.id', 'call_snapshot.application')
      .select(['call_snapshot.application', 'call_snapshot.content'])
      .where('call_application.call', '=', call)
      .where(sql<boolean>`call_sirens(call_snapshot.content) && ${[...sirens]}::text[]`)
      .execute();
    for (const { application, content } of rows) add(application, groundsIn(content as SnapshotContent, sirens));
  }
  const written = await db
    .selectFrom('call_application_member')
    .innerJoin('call_application', 'call_application.id', 'call_application_member.application')
    .select(['call_application.id'])
    .where('call_application.call', '=', call)
    .where('call_application_member.email', '=', email)
    .where('email', '!=', '')
    .execute();
  for (const { id } of written) add(id, ['team:']);
  return [...grounds].map(([application, found]) => ({
    ...{ application, grounds: [...found] },
    automatic: operatorOf !== undefined && found.has(`holder:${operatorOf}`),
  }));
};

/** The organisations of the professionals’ space that a person belongs to, by SIREN. */
export const ownSirens = async (context: PersonContext): Promise<readonly string[]> =>
  context.actor.memberships.length === 0
    ? []
    : (await ownRegistrations(context)).flatMap(({ draft }) => sirenOf(draft.structure.siret) ?? []);
