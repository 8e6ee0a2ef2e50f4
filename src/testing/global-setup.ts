import { mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { migrations } from '#house/migrations.ts';
import { loadReferenceData } from '#house/reference-data.ts';
import { createDatabase, createPool } from '#platform/server/database/database.ts';
import { openEmbedded } from '#platform/server/database/embedded.ts';
import { migrate } from '#platform/server/database/migrate.ts';
import { createLogger } from '#platform/server/log.ts';
import { prepareTerritories } from '../../scripts/prepare-territories.ts';
import { scratchRoot } from './scratch.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Superuser's address of the server of the tests. */
    adminUrl: string;
  }
}

/**
 * Nothing of a test outlives it, and hundreds of bases come and go: what makes a base last, or tends it over hours, only
 * costs here. The same as in `.ci/run`.
 */
const settings = ['fsync=off', 'full_page_writes=off', 'autovacuum=off', 'max_wal_size=2GB'].flatMap((one) => [
  '-c',
  one,
]);

/**
 * One PostgreSQL for the whole run: the embedded one, or the one of TEST_DATABASE_URL (a superuser's address).
 * Two models are made once, and each test copies one: `empty` (schema only) and `loaded` (with the reference data).
 */
export default async (project: TestProject): Promise<() => Promise<void>> => {
  const given = process.env.TEST_DATABASE_URL;
  const dataDir = given ? undefined : mkdtempSync(path.join(scratchRoot(), 'mille-jours-tests-'));
  const embedded = dataDir ? await openEmbedded({ dataDir, opener: 'command', say: console.log, settings }) : undefined;
  if (embedded && !embedded.ok) throw new Error(embedded.error);
  const adminUrl = given ?? (embedded?.ok ? embedded.value.adminUrl : '');

  await makeModels(adminUrl);
  project.provide('adminUrl', adminUrl);

  return async () => {
    if (embedded?.ok) await embedded.value.stop();
    if (dataDir) rmSync(dataDir, { recursive: true, force: true });
  };
};

const makeModels = async (adminUrl: string): Promise<void> => {
  prepareTerritories('reference');
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  for (const model of ['model_empty', 'model_loaded']) {
    await admin.query(`drop database if exists ${model} with (force)`);
    await admin.query(`create database ${model} template ${model === 'model_empty' ? 'template0' : 'model_empty'}`);
    const url = new URL(adminUrl);
    url.pathname = `/${model}`;
    const pool = createPool(url.href, 4);
    const db = createDatabase(pool);
    if (model === 'model_empty') await migrate(db, migrations);
    else await loadReferenceData(db, { contentDir: 'content', referenceDir: 'reference' }, createLogger('silent'));
    await db.destroy();
  }
  await admin.end();
};
