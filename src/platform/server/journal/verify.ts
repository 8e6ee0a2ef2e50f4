import { type Expression, sql } from 'kysely';
import type { Database } from '../database/database.ts';
import { beginning, hashOfCheckpoint, hashOfEvent } from './chain.ts';

export interface JournalReport {
  readonly events: number;
  readonly streams: number;
  readonly checkpoints: number;
  /** Hash of the last checkpoint: keep it elsewhere and compare it one day. */
  readonly lastHash: string | undefined;
  /** One sentence in French for each thing that is not as it was written; empty when all is. The first hundred. */
  readonly troubles: readonly string[];
}

const pageSize = 2_000;
const mostTroubles = 100;

/**
 * Reads the whole journal again and recomputes its chain, page by page. Finds an event that was changed, removed,
 * inserted or moved, and a stream whose end was cut off after a checkpoint.
 * Not found: a forger who rewrites everything, checkpoints included; compare `lastHash` with a copy kept elsewhere.
 */
export const verifyJournal = async (db: Database): Promise<JournalReport> => {
  const troubles: string[] = [];
  const report = (sentence: string): void => {
    if (troubles.length < mostTroubles) troubles.push(sentence);
  };
  const { events, streams } = await verifyEvents(db, report);
  const { checkpoints, lastHash } = await verifyCheckpoints(db, report);
  return { events, streams, checkpoints, lastHash, troubles };
};

const verifyEvents = async (db: Database, report: (sentence: string) => void) => {
  let [events, streams] = [0, 0];
  let last = { stream: '', version: 0, hash: beginning };
  for (;;) {
    const page = await db
      .selectFrom('journal_event')
      .selectAll()
      .where((eb) => after(eb.ref('stream'), eb.ref('version'), last))
      .orderBy('stream')
      .orderBy('version')
      .limit(pageSize)
      .execute();
    for (const event of page) {
      const { stream, version, hash } = event;
      const before = stream === last.stream ? last : { stream, version: 0, hash: beginning };
      if (stream !== last.stream) streams += 1;
      events += 1;
      const where = `Dossier « ${stream} », événement ${version}`;
      if (version !== before.version + 1) {
        report(`${where} : l’événement ${before.version + 1} manque avant lui.`);
      } else if (event.previous_hash !== before.hash) {
        report(`${where} : il ne suit pas l’événement qui le précède ; l’un des deux a été inséré, déplacé ou changé.`);
      }
      const { type, data, actor, recorded_at: recordedAt, previous_hash: previousHash } = event;
      if (hashOfEvent({ stream, version, type, data, actor, recordedAt }, previousHash) !== hash) {
        report(`${where} : son contenu a été changé.`);
      }
      last = { stream, version, hash };
    }
    if (page.length < pageSize) return { events, streams };
  }
};

const after = (stream: Expression<string>, version: Expression<number>, last: { stream: string; version: number }) =>
  sql<boolean>`(${stream}, ${version}) > (${last.stream}, ${last.version})`;

const verifyCheckpoints = async (db: Database, report: (sentence: string) => void) => {
  let [number, lastHash] = [0, beginning];
  for (;;) {
    const checkpoint = await db
      .selectFrom('journal_checkpoint')
      .selectAll()
      .where('number', '>', number)
      .orderBy('number')
      .limit(1)
      .executeTakeFirst();
    if (!checkpoint) return { checkpoints: number, lastHash: lastHash || undefined };
    if (checkpoint.number !== number + 1)
      report(`Scellé ${checkpoint.number} : le scellé ${number + 1} manque avant lui.`);
    else if (checkpoint.previous_hash !== lastHash)
      report(`Scellé ${checkpoint.number} : il ne suit pas le précédent.`);
    const { taken_at, heads, previous_hash, hash } = checkpoint;
    if (hashOfCheckpoint(checkpoint.number, taken_at, heads, previous_hash) !== hash) {
      report(`Scellé ${checkpoint.number} : son contenu a été changé.`);
    }
    for (const stream of await astray(db, checkpoint.number)) {
      report(`Dossier « ${stream} » : la suite notée par le scellé ${checkpoint.number} a été coupée ou réécrite.`);
    }
    [number, lastHash] = [checkpoint.number, hash];
  }
};

/** Streams that do not hold the event that a checkpoint saw at their head. */
const astray = async (db: Database, number: number): Promise<string[]> => {
  const { rows } = await sql<{ stream: string }>`
    select head.key as stream
    from journal_checkpoint, jsonb_each(heads) as head
    where number = ${number} and not exists (
      select from journal_event as event
      where event.stream = head.key and event.version = (head.value ->> 0)::int and event.hash = head.value ->> 1
    ) order by 1`.execute(db);
  return rows.map(({ stream }) => stream);
};
