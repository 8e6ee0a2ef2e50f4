import { sql } from 'kysely';
import { z } from 'zod';
import { type Context, inTransaction } from '../context.ts';
import { defineJob } from '../jobs/jobs.ts';
import { beginning, type Heads, hashOfCheckpoint, recordable } from './chain.ts';

/**
 * Writes down the heads of the streams that moved since the last checkpoint, chained to it. Without it, cutting off
 * the end of a stream would leave a shorter but sound chain. The hash goes to the log too: a copy of the log, kept
 * elsewhere, lets nobody rewrite the whole journal unseen.
 * Returns the number of the checkpoint, or nothing when no stream moved.
 */
export const takeCheckpoint = (context: Context): Promise<number | undefined> =>
  inTransaction(context, async ({ db, clock, log }) => {
    // One at a time, so that numbers follow each other.
    await sql`lock table journal_checkpoint in share row exclusive mode`.execute(db);
    const last = await db
      .selectFrom('journal_checkpoint')
      .select(['number', 'hash'])
      .orderBy('number', 'desc')
      .limit(1)
      .executeTakeFirst();
    const { rows } = await sql<{ stream: string; version: number; hash: string }>`
      with known as (
        select distinct on (stream) head.key as stream, (head.value ->> 0)::int as version
        from journal_checkpoint, jsonb_each(heads) as head
        order by stream, number desc
      ), now as (
        select distinct on (stream) stream, version, hash from journal_event order by stream, version desc
      )
      select now.* from now left join known using (stream)
      where known.version is null or known.version < now.version`.execute(db);
    if (rows.length === 0) return undefined;
    const heads: Heads = Object.fromEntries(rows.map(({ stream, version, hash }) => [stream, [version, hash]]));
    const number = (last?.number ?? 0) + 1;
    const takenAt = recordable(clock.now());
    const previousHash = last?.hash ?? beginning;
    const hash = hashOfCheckpoint(number, takenAt, heads, previousHash);
    await sql`
      insert into journal_checkpoint (number, taken_at, heads, previous_hash, hash)
      values (${number}, ${takenAt}, ${JSON.stringify(heads)}, ${previousHash}, ${hash})`.execute(db);
    log.info({ checkpoint: number, hash }, 'journal checkpoint');
    return number;
  });

/** Every hour. */
export const checkpointJournal = defineJob({
  name: 'journal.checkpoint',
  data: z.object({}),
  purpose: 'Scelle le journal : note où en est chaque dossier, pour qu’une coupure se voie.',
  every: '7 * * * *',
  handle: async (context) => {
    await takeCheckpoint(context);
  },
});
