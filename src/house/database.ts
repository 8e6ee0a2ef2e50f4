import { connect } from 'node:net';
import type { Result } from '#platform/result.ts';
import { ok, refuse } from '#platform/result.ts';
import { createDatabase, createPool } from '#platform/server/database/database.ts';
import { type Opener, openEmbedded } from '#platform/server/database/embedded.ts';
import { migrate } from '#platform/server/database/migrate.ts';
import { createLogger } from '#platform/server/log.ts';
import type { Settings } from '#platform/server/settings.ts';
import { migrations } from './migrations.ts';
import { loadReferenceData } from './reference-data.ts';

export interface OpenDatabase {
  readonly url: string;
  readonly embedded: boolean;
  close(): Promise<void>;
}

/**
 * The database of the house: the one of DATABASE_URL, or the embedded one of DATA_DIR, joined or started.
 * Refuses with a sentence for the person at the terminal.
 */
export const openDatabase = async (
  settings: Settings,
  opener: Opener,
  say: (sentence: string) => void,
  onLost?: (sentence: string) => void,
): Promise<Result<OpenDatabase, string>> => {
  if (settings.DATABASE_URL) {
    const trouble = await externalTrouble(settings.DATABASE_URL);
    return trouble ? refuse(trouble) : ok({ url: settings.DATABASE_URL, embedded: false, close: async () => {} });
  }
  const opened = await openEmbedded({ dataDir: settings.DATA_DIR, opener, say, ...(onLost ? { onLost } : {}) });
  return opened.ok ? ok({ url: opened.value.url, embedded: true, close: opened.value.stop }) : opened;
};

/** Why an external database cannot be used, or nothing. Names the host, never the password. */
const externalTrouble = async (url: string): Promise<string | undefined> => {
  const { hostname, port, pathname } = new URL(url);
  const where = `${hostname || 'localhost'}:${port || 5432}${pathname}`;
  const pool = createPool(url, 1);
  try {
    const { rows } = await pool.query('show server_version_num');
    const version = Math.floor(Number(rows[0].server_version_num) / 10_000);
    return version < 15 ? `La base ${where} est un PostgreSQL ${version}. Il en faut un 15 ou plus récent.` : undefined;
  } catch (error) {
    const reached = await reachable(hostname || 'localhost', Number(port || 5432));
    return reached
      ? `La base ${where} refuse la connexion. Vérifiez le nom de la base, le compte et le mot de passe de DATABASE_URL.`
      : `La base ${where} ne répond pas. Vérifiez l’hôte et le port de DATABASE_URL. (${(error as { code?: string }).code ?? 'sans code'})`;
  } finally {
    await pool.end();
  }
};

const reachable = (host: string, port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 3_000 });
    const answer = (value: boolean) => {
      socket.destroy();
      resolve(value);
    };
    socket.once('connect', () => answer(true));
    socket.once('error', () => answer(false));
    socket.once('timeout', () => answer(false));
  });

/** Brings the schema to the newest level and loads what ships with the project. Safe to run by several at once. */
export const prepareDatabase = async (url: string, settings: Settings): Promise<void> => {
  const db = createDatabase(createPool(url, 2));
  try {
    await migrate(db, migrations);
    await loadReferenceData(db, referenceSources(settings), createLogger(settings.LOG_LEVEL));
  } finally {
    await db.destroy();
  }
};

/** Where the content and the prepared reference data are read. */
export const referenceSources = (settings: Settings) => ({
  contentDir: settings.CONTENT_DIR,
  referenceDir: 'reference',
});
