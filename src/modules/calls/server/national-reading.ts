import { sql } from 'kysely';
import { can, notAllowed } from '#platform/permissions.ts';
import { ok, type Result, refuse } from '#platform/result.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import type { NationalFact } from '../waiting.ts';
import { currentFrame, frameOfEdition } from './frames.ts';
import './after/tables.ts';
import './national-tables.ts';
import './tables.ts';

/** What came to the ministry in the current edition since the actor said that they had read it all; nothing for others. */
export const nationalFacts = async (context: PersonContext): Promise<readonly NationalFact[]> => {
  const { db, actor } = context;
  if (!can(actor, 'call.follow')) return [];
  const { edition } = currentFrame();
  const { rows } = await sql<Omit<NationalFact, 'edition'>>`
    with since as (
      select coalesce(
        (select read_until from call_national_reading where account = ${actor.account} and edition = ${edition}),
        '-infinity'::timestamptz) as at)
    select
      (select count(*) from call_declaration as sent, since
       where sent.edition = ${edition} and sent.status = 'sent' and sent.changed_at > since.at)::integer as declarations,
      (select count(*) from call_declaration as sent, since
       where sent.edition = ${edition} and sent.status = 'sent' and sent.changed_at > since.at
         and (sent.state->>'late')::boolean)::integer as late,
      (select count(*) from call_ministry_sending as message join call on call.id = message.call, since
       where call.edition = ${edition} and message.written_at > since.at)::integer as messages`.execute(db);
  return rows.map((row) => ({ ...row, edition }));
};

/** Writes down that the actor read what came about an edition, up to when their page was made: what came since stays to be read. */
export const readNational = async (
  { db, actor, clock }: PersonContext,
  { edition, until }: { readonly edition: string; readonly until: Temporal.Instant },
): Promise<Result<void>> => {
  if (!can(actor, 'call.follow') || !frameOfEdition(edition)) return refuse(notAllowed);
  const now = clock.now();
  const read_until = Temporal.Instant.compare(until, now) > 0 ? now : until;
  await db
    .insertInto('call_national_reading')
    .values({ account: actor.account, edition, read_until })
    .onConflict((known) =>
      known.columns(['account', 'edition']).doUpdateSet({
        read_until: sql`greatest(call_national_reading.read_until, excluded.read_until)`,
      }),
    )
    .execute();
  return ok(undefined);
};
