import { sql } from 'kysely';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import { type RetentionRule, retentionRule } from '#platform/server/retention/rule.ts';
import type { ApplicationPart } from '../../application/content.ts';
import { memberRole } from './application-stream.ts';
import './tables.ts';

/** Seconds after which somebody who no longer says that a part is open is not there any more. */
const HERE_SECONDS = 60;

/**
 * Says that the actor has this part open, and who else has: their names, in the order in which they are written. Nothing
 * for somebody who is not of the file. What is older than a minute is forgotten, of every file.
 */
export const sayHere = async (
  context: PersonContext,
  id: string,
  part: ApplicationPart,
): Promise<readonly string[] | undefined> => {
  const { db, clock, actor } = context;
  if (!(await memberRole(context, id))) return undefined;
  const seen_at = clock.now();
  // Rows that somebody else is writing at this instant are left to them: nobody waits for anybody to say that they are here.
  const gone = seen_at.subtract({ seconds: HERE_SECONDS });
  await db
    .deleteFrom('call_application_presence')
    .where(
      sql<boolean>`ctid in (select ctid from call_application_presence where seen_at < ${gone} for update skip locked)`,
    )
    .execute();
  await db
    .insertInto('call_application_presence')
    .values({ application: id, part, account: actor.account, seen_at })
    .onConflict((known) => known.columns(['application', 'part', 'account']).doUpdateSet({ seen_at }))
    .execute();
  const others = await db
    .selectFrom('call_application_presence')
    .innerJoin('account', 'account.id', 'call_application_presence.account')
    .select(['account.name', 'account.email'])
    .where('application', '=', id)
    .where('part', '=', part)
    .where('account', '!=', actor.account)
    .where('seen_at', '>=', gone)
    .execute();
  return others.map(({ name, email }) => name ?? email ?? 'Compte effacé').sort((a, b) => a.localeCompare(b, 'fr'));
};

/** What the last one to leave did not forget goes within the hour. */
export const presenceRetention: readonly RetentionRule[] = [
  retentionRule({
    ...{ ends: 'time', name: 'calls.presence', table: 'call_application_presence', column: 'seen_at' },
    ...{ age: { hours: 1 }, what: 'Qui avait ouvert une partie d’une candidature', since: 'après son dernier signe' },
  }),
];
