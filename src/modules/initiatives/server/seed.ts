import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { announceChange } from '#platform/server/database/changes.ts';
import type { Database } from '#platform/server/database/database.ts';
import type { Logger } from '#platform/server/log.ts';
import { readInitiatives, type WrittenInitiative } from './content.ts';
import './tables.ts';

/** What the other processes are told when a project changed. */
export const INITIATIVES_TOPIC = 'initiatives';

const ORIGIN = 'document-000';

/**
 * Brings the projects of the content into the table: new files are added, changed ones rewritten, removed ones deleted.
 * Rows of another origin are never touched, even when they took the slug of a file. Safe at each start and by several
 * processes; does and announces nothing when nothing changed.
 */
export const loadInitiatives = async (db: Database, contentDir: string, log: Logger): Promise<void> => {
  const written = readInitiatives(contentDir).map((initiative) => ({ initiative, hash: hashOf(initiative) }));

  await db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtext('initiative_content'))`.execute(tx);
    const rows = await tx.selectFrom('initiative').select(['slug', 'origin', 'content_hash']).execute();
    const before = new Map(rows.map((row) => [row.slug, row]));
    const changed = written.filter(({ initiative, hash }) => before.get(initiative.slug)?.content_hash !== hash);
    const taken = changed.filter(({ initiative }) => (before.get(initiative.slug)?.origin ?? ORIGIN) !== ORIGIN);
    const kept = new Set(written.map(({ initiative }) => initiative.slug));
    const gone = rows.filter((row) => row.origin === ORIGIN && !kept.has(row.slug)).map((row) => row.slug);

    for (const { initiative } of taken) log.warn({ slug: initiative.slug }, 'slug of a content file already taken');
    const toWrite = changed.filter((one) => !taken.includes(one));
    if (toWrite.length === 0 && gone.length === 0) return;

    const slugs = [...gone, ...toWrite.map(({ initiative }) => initiative.slug)];
    await tx.deleteFrom('initiative').where('slug', 'in', slugs).execute();
    if (toWrite.length > 0) await tx.insertInto('initiative').values(toWrite.map(rowOf)).execute();
    await announceChange(tx, INITIATIVES_TOPIC);
    log.info({ written: toWrite.length, removed: gone.length }, 'initiatives loaded');
  });
};

const hashOf = (initiative: WrittenInitiative): string =>
  createHash('sha256').update(JSON.stringify(initiative)).digest('hex');

const rowOf = ({ initiative, hash }: { initiative: WrittenInitiative; hash: string }) => {
  const { place, name, notes, source, ...rest } = initiative;
  return {
    ...rest,
    origin: ORIGIN,
    name: name ?? null,
    commune: place && 'commune' in place ? place.commune : null,
    epci: place && 'epci' in place ? place.epci : null,
    notes: JSON.stringify(notes),
    source: JSON.stringify(source),
    content_hash: hash,
  };
};
