import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject, onTestFinished } from 'vitest';
import { createDatabase, createPool, type Database } from '#platform/server/database/database.ts';

export interface TestDatabase {
  readonly db: Database;
  readonly url: string;
}

/** When what a test made goes: at its end, or, from a `beforeAll` that tests share, at the end of their file. */
export type AtEnd = (work: () => Promise<void>) => void;

/**
 * A database of its own for a test, copied from a model and dropped at the end of the test, unless `atEnd` says when.
 * `bare`: no table at all; `empty`: the schema; `loaded`: with the reference data.
 */
export const testDatabase = async (
  model: 'bare' | 'empty' | 'loaded' = 'empty',
  atEnd: AtEnd = onTestFinished,
): Promise<TestDatabase> => {
  const name = `test_${randomBytes(6).toString('hex')}`;
  await asAdmin((admin) =>
    admin.query(`create database ${name} template ${model === 'bare' ? 'template0' : `model_${model}`}`),
  );
  const url = new URL(inject('adminUrl'));
  url.pathname = `/${name}`;
  const db = createDatabase(createPool(url.href, 5));
  atEnd(async () => {
    await db.destroy();
    await asAdmin((admin) => admin.query(`drop database if exists ${name} with (force)`));
  });
  return { db, url: url.href };
};

const asAdmin = async <T>(work: (admin: pg.Client) => Promise<T>): Promise<T> => {
  const admin = new pg.Client({ connectionString: inject('adminUrl') });
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.end();
  }
};
