import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { sql } from 'kysely';
import type { z } from 'zod';
import { territoryIndex } from '#modules/territory/server/index.ts';
import { systemClock } from '#platform/clock.ts';
import { readYaml } from '#platform/server/content.ts';
import type { Database } from '#platform/server/database/database.ts';
import type { Logger } from '#platform/server/log.ts';
import { type DirectoryFile, directoryFileSchema, directorySourcesSchema, recordOf } from '../content.ts';
import { closeWithin } from './close.ts';
import type { Surroundings } from './resolve.ts';
import { saveWithin } from './save.ts';
import { type Source, saveSource } from './sources.ts';

/**
 * Brings the places of the content into the tables, as any other source: what a person corrected since stays, and what
 * left the files is closed. Does nothing when the tables already hold these very files; safe when several processes
 * start together.
 */
export const loadDirectory = async (db: Database, contentDir: string, log: Logger): Promise<void> => {
  const { sources, files, fingerprint } = readContent(path.join(contentDir, 'directory'));
  if ((await loadedFingerprint(db)) === fingerprint) return;
  const territories = await territoryIndex.build(db);
  const around: Surroundings = {
    now: systemClock.now(),
    commune: territories.commune,
    regionName: (code) => territories.region(code)?.name,
  };
  await db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtext('directory_content'))`.execute(tx);
    if ((await loadedFingerprint(tx)) === fingerprint) return;
    for (const source of sources) {
      await saveSource(tx, source);
      const run = crypto.randomUUID();
      for (const { slug, file } of files.filter((one) => one.file.source === source.id)) {
        await saveWithin(tx, around, { source: source.id, on: file.told ?? null, run }, [recordOf(slug, file)]);
      }
      await closeWithin(tx, around, { source: source.id, on: null, run });
    }
    await tx
      .insertInto('directory_content')
      .values({ fingerprint })
      .onConflict((conflict) => conflict.column('single').doUpdateSet({ fingerprint }))
      .execute();
    log.info({ files: files.length }, 'directory loaded');
  });
};

const loadedFingerprint = async (db: Database): Promise<string | undefined> =>
  (await db.selectFrom('directory_content').select('fingerprint').executeTakeFirst())?.fingerprint;

const SOURCES = 'sources.yaml';

/** Reads `content/directory/`. Throws with the name of the file that is wrong. */
export const readContent = (
  directory: string,
): {
  readonly sources: readonly Source[];
  readonly files: readonly { readonly slug: string; readonly file: DirectoryFile }[];
  readonly fingerprint: string;
} => {
  const hash = createHash('sha256');
  const read = <T>(name: string, schema: z.ZodType<T>): T => {
    const text = readFileSync(path.join(directory, name), 'utf8');
    hash.update(`${name}\0${text}\0`);
    return readYaml(path.join(directory, name), schema, text);
  };
  const sources = read(SOURCES, directorySourcesSchema) as readonly Source[];
  const files = readdirSync(directory)
    .filter((name) => name.endsWith('.yaml') && name !== SOURCES)
    .sort()
    .map((name) => ({ slug: path.basename(name, '.yaml'), file: read(name, directoryFileSchema) }));
  for (const { slug, file } of files) {
    if (!sources.some(({ id }) => id === file.source)) {
      throw new Error(`${path.join(directory, `${slug}.yaml`)}, source : ${file.source} is not in ${SOURCES}`);
    }
  }
  return { sources, files, fingerprint: hash.digest('hex') };
};
