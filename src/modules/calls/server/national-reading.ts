import { sql } from 'kysely';
import { can, notAllowed } from '#platform/permissions.ts';
import { ok, type Result, refuse } from '#platform/result.ts';
import type { PersonContext } from '#platform/server/identity/require-person.ts';
import type { CallState } from '../call.ts';
import type { NationalFact } from '../waiting.ts';
import { currentFrame, frameOfEdition } from './frames.ts';
import { titlesOf } from './title.ts';
import './after/tables.ts';
import './national-tables.ts';
import './tables.ts';

/** What came to the ministry in an edition, that of now unless told, since the actor said that they had read it all; nothing for others. */
export const nationalFacts = async (
  { db, actor }: PersonContext,
  edition: string = currentFrame().edition,
): Promise<readonly NationalFact[]> => {
  if (!can(actor, 'call.follow')) return [];
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

/** The messages with laureates that came in an edition, the last first: whose call, when, and their words. */
export const messagesToMinistry = async (context: PersonContext, edition: string) => {
  if (!can(context.actor, 'call.follow')) return [];
  const rows = await context.db
    .selectFrom('call_ministry_sending as message')
    .innerJoin('call', 'call.id', 'message.call')
    .select(['message.id', 'message.sent_on', 'message.text', 'call.state'])
    .where('call.edition', '=', edition)
    .orderBy('message.written_at', 'desc')
    .orderBy('message.id')
    .execute();
  const titles = await titlesOf(
    context,
    rows.map(({ state }) => state as CallState),
  );
  return rows.map(({ id, sent_on, text }, at) => ({ id, on: sent_on, text, title: titles[at] ?? '' }));
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
