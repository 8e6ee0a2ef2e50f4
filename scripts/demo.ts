import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { openDatabase, prepareDatabase } from '../src/house/database.ts';
import { loadDemonstration } from '../src/house/demonstration/load.ts';
import { openHouse } from '../src/house/open.ts';
import { ok, type Result, refuse } from '../src/platform/result.ts';
import { createDatabase, createPool } from '../src/platform/server/database/database.ts';
import { readEntrances } from '../src/platform/server/demonstration/entrances.ts';
import { readSettings, type Settings, settingNames } from '../src/platform/server/settings.ts';
import { buildIfNeeded } from './build.ts';

/**
 * `npm run demo [-- --remove]`. A whole site with fictional people, in a base of its own: `DATA_DIR/demonstration`. It never
 * opens the base of the site beside it, sends no message, and listens to this machine only (`PORT`, 3100; `HOST` when
 * asked). `--remove` takes that folder away. Ends with 1 when refused, with 2 when the words are not understood.
 */
const run = async (): Promise<number> => {
  const remove = readWords();
  if (remove === undefined) {
    console.error('Usage : npm run demo, ou npm run demo -- --remove pour tout retirer.');
    return 2;
  }
  const settings = settle();
  const done = settings.ok ? await (remove ? removeAll(settings.value) : open()) : settings;
  if (!done.ok) console.error(`\n  ${done.error}\n`);
  return done.ok ? 0 : 1;
};

const readWords = (): boolean | undefined => {
  try {
    return parseArgs({ options: { remove: { type: 'boolean' } } }).values.remove ?? false;
  } catch {
    return undefined;
  }
};

/** What may be chosen for a demonstration. Anything else is the real site’s: its base, its mail, its files, its keys. */
const chosen = ['CONTENT_DIR', 'LOG_LEVEL', 'QUICK_EXIT_URL', 'BASE_MAP'];

/** Sets the environment of the demonstration. Refuses a public address: everybody could take every role. */
const settle = (): Result<Settings, string> => {
  if (process.env.ORIGIN) {
    return refuse('ORIGIN est réglé : une démonstration ne s’ouvre pas à une adresse publique. Relancez sans ORIGIN.');
  }
  const { DATA_DIR, PORT, HOST } = process.env;
  for (const name of settingNames) if (!chosen.includes(name)) delete process.env[name];
  process.env.DATA_DIR = path.join(DATA_DIR || './data', 'demonstration');
  process.env.PORT = PORT || '3100';
  process.env.HOST = HOST || '127.0.0.1';
  process.env.TZ = 'UTC';
  const read = readSettings(process.env);
  return read.ok ? ok(read.value) : refuse(read.sentences.join('\n  '));
};

/** Loads the demonstration where it is not, and becomes its site. */
const open = async (): Promise<Result<void, string>> => {
  await buildIfNeeded();
  console.log('  Préparation de la démonstration…');
  const opened = await openHouse(console.log);
  if (!opened.ok) return refuse(opened.error.join('\n  '));
  const { context, close } = opened.value;
  try {
    const loaded = await loadDemonstration(context);
    if (!loaded.ok) return refuse(loaded.error.message);
  } finally {
    await close();
  }
  console.log('  Les personnes y sont fictives. Prenez un rôle à l’adresse qui suit, page /demonstration.');
  await import('../server.ts');
  return ok(undefined);
};

/** Takes the folder away, when it holds a demonstration that nobody is using. */
const removeAll = async (settings: Settings): Promise<Result<void, string>> => {
  const folder = path.resolve(settings.DATA_DIR);
  if (!existsSync(folder)) {
    console.log(`  Il n’y a pas de démonstration dans ${folder}.`);
    return ok(undefined);
  }
  // As a site, so that one that runs on these data keeps them.
  const database = await openDatabase(settings, 'site', console.log);
  if (!database.ok) return database;
  const { url, close } = database.value;
  const real = await holdsRealPeople(url, settings).finally(close);
  if (real) return refuse(`${folder} contient de vrais comptes : ce n’est pas une démonstration. Rien n’a été retiré.`);
  rmSync(folder, { recursive: true });
  console.log(`  La démonstration est retirée : ${folder} n’existe plus. Rien d’autre n’a été touché.`);
  return ok(undefined);
};

const holdsRealPeople = async (url: string, settings: Settings): Promise<boolean> => {
  await prepareDatabase(url, settings);
  const db = createDatabase(createPool(url, 1));
  try {
    if ((await readEntrances(db)).length > 0) return false;
    return (await db.selectFrom('account').select('id').limit(1).executeTakeFirst()) !== undefined;
  } finally {
    await db.destroy();
  }
};

process.exitCode = await run();
