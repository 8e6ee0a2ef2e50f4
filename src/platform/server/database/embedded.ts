import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, linkSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir, readFile, rename } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { ok, type Result, refuse } from '#platform/result.ts';
import { type Account, chooseAccount, draftName, giveTo, prepareBinaries } from './embedded-files.ts';

/** Who opens the database: the site, alone on its data, or a command that may join it. */
export type Opener = 'site' | 'command';

export interface EmbeddedDatabase {
  /** Address for the application's own role, which is not a superuser. */
  readonly url: string;
  /** Address for the superuser: tests and maintenance. */
  readonly adminUrl: string;
  /** True when somebody else started it: stopping is then theirs. */
  readonly joined: boolean;
  stop(): Promise<void>;
}

export interface OpenOptions {
  readonly dataDir: string;
  readonly opener: Opener;
  /** Receives sentences for the person at the terminal. */
  readonly say: (sentence: string) => void;
  /** Called when the database stopped by itself and could not be started again. */
  readonly onLost?: (sentence: string) => void;
  /** Extra settings of the server, `['-c', 'fsync=off']` for tests that nobody would miss. */
  readonly settings?: readonly string[];
}

interface Place {
  readonly base: string;
  readonly cluster: string;
  readonly binaries: string;
  readonly account: Account;
}

interface Secrets {
  readonly superuser: string;
  readonly application: string;
}

/**
 * Opens the PostgreSQL of `dataDir`: joins the one that runs, or prepares and starts it.
 * Refuses with a sentence, as a string, when the data are in use, the disk is full or the folder cannot be written.
 */
export const openEmbedded = async (options: OpenOptions): Promise<Result<EmbeddedDatabase, string>> => {
  try {
    const place = await preparePlace(options);
    const secrets = await readSecrets(place);
    await initialise(place, secrets);
    return await joinOrStart(place, secrets, options);
  } catch (error) {
    return refuse(explain(error, options.dataDir));
  }
};

const preparePlace = async ({ dataDir, say }: OpenOptions): Promise<Place> => {
  await mkdir(dataDir, { recursive: true });
  const { base, account } = await chooseAccount(path.resolve(dataDir), say);
  await mkdir(base, { recursive: true, mode: 0o711 });
  return { base, cluster: path.join(base, 'cluster'), binaries: await prepareBinaries(base), account };
};

const readSecrets = async ({ base }: Place): Promise<Secrets> => {
  const file = path.join(base, 'secrets.json');
  if (!existsSync(file)) {
    const made = { superuser: randomBytes(24).toString('hex'), application: randomBytes(24).toString('hex') };
    // Written whole, then given its name: of two that start together, both read the first one's.
    const draft = draftName(file);
    writeFileSync(draft, JSON.stringify(made), { mode: 0o600 });
    try {
      linkSync(draft, file);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    } finally {
      rmSync(draft, { force: true });
    }
  }
  return JSON.parse(await readFile(file, 'utf8')) as Secrets;
};

/** Makes the cluster aside and moves it in place at the end: a death in the middle leaves nothing half made. */
const initialise = async (place: Place, secrets: Secrets): Promise<void> => {
  if (existsSync(path.join(place.cluster, 'PG_VERSION'))) return giveTo(place.account, place.cluster);
  const draft = draftName(place.cluster);
  const passwordFile = `${draft}.password`;
  try {
    await mkdir(draft, { mode: 0o700 });
    writeFileSync(passwordFile, secrets.superuser, { mode: 0o600 });
    giveTo(place.account, draft);
    giveTo(place.account, passwordFile);
    const { command, prefix, options } = asAccount(place, 'initdb');
    const made = spawnSync(
      command,
      // Locale of the server itself, so that the same data sort the same on every machine.
      [
        ...prefix,
        ...['-D', draft, '-U', 'postgres', `--pwfile=${passwordFile}`, '-A', 'scram-sha-256', '-E', 'UTF8'],
        ...['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C', '--no-instructions'],
      ],
      { ...options, encoding: 'utf8' },
    );
    if (made.status !== 0) throw new Error(`initdb: ${made.stderr || made.error?.message}`);
    await rename(draft, place.cluster).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
    });
  } finally {
    rmSync(passwordFile, { force: true });
    rmSync(draft, { force: true, recursive: true });
  }
};

/** How to run one of PostgreSQL's programs under the account that owns the data. */
const asAccount = ({ account, binaries, base }: Place, program: string) => {
  const executable = path.join(binaries, 'bin', program);
  const options = { cwd: base, env: { PATH: process.env.PATH ?? '', LC_ALL: 'C' } };
  switch (account.kind) {
    case 'self':
      return { command: executable, prefix: [], options };
    case 'other':
      return { command: executable, prefix: [], options: { ...options, uid: account.uid, gid: account.gid } };
    case 'namespace':
      return { command: 'unshare', prefix: [...account.prefix, executable], options };
  }
};

const joinOrStart = async (
  place: Place,
  secrets: Secrets,
  options: OpenOptions,
): Promise<Result<EmbeddedDatabase, string>> => {
  const patience = Date.now() + 60_000;
  let told = false;
  for (;;) {
    const running = findRunning(place);
    if (running === undefined) {
      const started = await start(place, secrets, options);
      if (started !== 'taken') return ok(started);
    } else if (running !== 'unsure') {
      const owner = readOwner(place);
      if (options.opener === 'command' && (await answers(address(secrets, running.port, 'superuser', 'postgres')))) {
        return ok({ ...addresses(secrets, running.port), joined: true, stop: async () => {} });
      }
      if (options.opener === 'site' && owner?.opener === 'site' && isAlive(owner.pid)) {
        return refuse(
          `Un autre site tourne déjà sur ces données (${path.resolve(options.dataDir)}, processus ${owner.pid}). ` +
            'Arrêtez-le, ou donnez un autre dossier avec DATA_DIR, ou une base commune avec DATABASE_URL. Rien n’a été modifié.',
        );
      }
      if (options.opener === 'site' && !told && owner && isAlive(owner.pid)) {
        told = true;
        options.say(
          `Une commande travaille sur ces données (processus ${owner.pid}) : le site attend qu’elle finisse.`,
        );
      }
    }
    if (Date.now() > patience) {
      return refuse(
        `La base de ${path.resolve(options.dataDir)} est occupée et ne répond pas depuis une minute. ` +
          `Regardez ${path.join(place.cluster, 'log')}, puis réessayez. Rien n’a été modifié.`,
      );
    }
    await sleep(100);
  }
};

/**
 * The server that holds this cluster, read from its lock file.
 * A lock whose process is dead, or is another program that took its number, is stale: it is removed here.
 */
const findRunning = ({ cluster }: Place): { pid: number; port: number } | 'unsure' | undefined => {
  const lock = path.join(cluster, 'postmaster.pid');
  let lines: string[];
  try {
    lines = readFileSync(lock, 'utf8').split('\n');
  } catch {
    return undefined;
  }
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  if (!Number.isInteger(pid) || pid <= 0) return 'unsure';
  if (!isAlive(pid) || !isPostgres(pid)) {
    rmSync(lock, { force: true });
    return undefined;
  }
  return port > 0 ? { pid, port } : 'unsure';
};

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  // A zombie answers to signals until its parent has looked at it, but holds nothing any more.
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, '')[0] !== 'Z';
  } catch {
    return true;
  }
};

const isPostgres = (pid: number): boolean => {
  const listed = spawnSync('ps', ['-p', String(pid), '-o', 'args='], { encoding: 'utf8' });
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('postgres');
  } catch {
    return listed.status !== 0 || listed.stdout.includes('postgres');
  }
};

const ownerFile = ({ base }: Place) => path.join(base, 'owner.json');

const readOwner = (place: Place): { pid: number; opener: Opener } | undefined => {
  try {
    return JSON.parse(readFileSync(ownerFile(place), 'utf8'));
  } catch {
    return undefined;
  }
};

const address = (secrets: Secrets, port: number, role: keyof Secrets, database: string): string =>
  `postgres://${role === 'superuser' ? 'postgres' : 'mille_jours'}:${secrets[role]}@127.0.0.1:${port}/${database}`;

const addresses = (secrets: Secrets, port: number) => ({
  url: address(secrets, port, 'application', 'mille_jours'),
  adminUrl: address(secrets, port, 'superuser', 'postgres'),
});

const answers = async (url: string): Promise<boolean> => {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
};

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });

/**
 * The shell that keeps PostgreSQL: it watches our end of a pipe, so that a process killed without a word (kill −9)
 * still takes the database down with it, cleanly; and it ends when PostgreSQL ends.
 */
const keeper =
  'exec 3<&0; "$@" </dev/null 3<&- & pg=$!; (cat <&3 >/dev/null; kill -INT $pg 2>/dev/null) & watch=$!; ' +
  'wait $pg; code=$?; kill $watch 2>/dev/null; exit $code';

const launch = (place: Place, port: number, settings: readonly string[]): ChildProcess => {
  const { command, prefix, options } = asAccount(place, 'postgres');
  const output = openSync(path.join(place.base, 'start.log'), 'w');
  const child = spawn(
    'sh',
    [
      ...['-c', keeper, 'sh', command, ...prefix, '-D', place.cluster, '-p', String(port)],
      ...['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories=', '-c', 'max_connections=60'],
      ...['-c', 'shared_buffers=64MB', '-c', 'jit=off', '-c', 'log_timezone=UTC', '-c', 'timezone=UTC'],
      // One file a weekday, written over a week later: the log never fills the disk.
      ...['-c', 'logging_collector=on', '-c', 'log_filename=postgresql-%a.log', '-c', 'log_truncate_on_rotation=on'],
      ...['-c', 'log_rotation_age=1d', '-c', 'log_rotation_size=0', ...settings],
    ],
    // Its own session: Ctrl-C in the terminal reaches the application first, which then stops the database.
    { ...options, stdio: ['pipe', output, output], detached: true },
  );
  closeSync(output);
  child.stdin?.on('error', () => {});
  return child;
};

const start = async (place: Place, secrets: Secrets, options: OpenOptions): Promise<EmbeddedDatabase | 'taken'> => {
  const port = await freePort();
  const settings = options.settings ?? [];
  let child = launch(place, port, settings);
  const first = await ready(child, address(secrets, port, 'superuser', 'postgres'));
  if (first === 'ended') {
    const said = lastWords(place);
    // Of two that start together, the one that holds the lock may write over what the other one said of it.
    if (said.includes('lock file "postmaster.pid" already exists') || findRunning(place) !== undefined) return 'taken';
    throw new Error(said);
  }
  writeFileSync(ownerFile(place), JSON.stringify({ pid: process.pid, opener: options.opener }));
  await ensureApplicationDatabase(secrets, port);

  let stopping = false;
  const restarts: number[] = [];
  const watch = (watched: ChildProcess): void => {
    watched.once('exit', () => {
      if (stopping) return;
      watched.stdin?.destroy();
      const now = Date.now();
      restarts.push(now);
      if (restarts.filter((at) => now - at < 60_000).length > 3) {
        options.onLost?.(`La base s’est arrêtée plusieurs fois de suite. Regardez ${path.join(place.cluster, 'log')}.`);
        return;
      }
      options.say('La base s’est arrêtée : elle redémarre.');
      void restart();
    });
  };
  const restart = async (): Promise<void> => {
    // The dead server may still be a zombie that looks alive to its successor.
    for (let tries = 0; tries < 50 && findRunning(place) !== undefined; tries += 1) await sleep(100);
    if (stopping) return;
    child = launch(place, port, settings);
    watch(child);
  };
  watch(child);

  return {
    ...addresses(secrets, port),
    joined: false,
    stop: async () => {
      if (options.opener === 'command') await waitForGuests(address(secrets, port, 'superuser', 'postgres'));
      stopping = true;
      const ended = child.exitCode === null && child.signalCode === null ? onceExit(child) : undefined;
      child.stdin?.destroy();
      await ended;
      rmSync(ownerFile(place), { force: true });
    },
  };
};

const onceExit = (child: ChildProcess): Promise<void> => new Promise((resolve) => child.once('exit', () => resolve()));

const ready = async (child: ChildProcess, url: string): Promise<'ready' | 'ended'> => {
  // Replaying the journal of a crash may take a while on a slow disk.
  for (const limit = Date.now() + 120_000; Date.now() < limit; ) {
    if (child.exitCode !== null || child.signalCode !== null) return 'ended';
    if (await answers(url)) return 'ready';
    await sleep(20);
  }
  child.stdin?.destroy();
  throw new Error('La base ne répond pas après deux minutes.');
};

const ensureApplicationDatabase = async (secrets: Secrets, port: number): Promise<void> => {
  const client = new pg.Client({ connectionString: address(secrets, port, 'superuser', 'postgres') });
  await client.connect();
  try {
    const role = await client.query("select 1 from pg_roles where rolname = 'mille_jours'");
    if (role.rowCount === 0) await client.query(`create role mille_jours login password '${secrets.application}'`);
    const database = await client.query("select 1 from pg_database where datname = 'mille_jours'");
    if (database.rowCount === 0) await client.query('create database mille_jours owner mille_jours');
  } finally {
    await client.end();
  }
};

/** A command that started the database lets the others that joined it finish, for five minutes at most. */
const waitForGuests = async (url: string): Promise<void> => {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  try {
    await client.connect();
    for (let tries = 0; tries < 600; tries += 1) {
      const { rows } = await client.query(
        "select count(*)::int as guests from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()",
      );
      if (rows[0].guests === 0) return;
      await sleep(500);
    }
  } catch {
    // The database is already gone: nobody is left to wait for.
  } finally {
    await client.end().catch(() => {});
  }
};

const lastWords = ({ base, cluster }: Place): string => {
  const read = (file: string) => {
    try {
      return readFileSync(file, 'utf8').slice(-2_000);
    } catch {
      return '';
    }
  };
  const day = new Intl.DateTimeFormat('en-US', { weekday: 'short', timeZone: 'UTC' }).format(Date.now());
  return `${read(path.join(base, 'start.log'))}\n${read(path.join(cluster, 'log', `postgresql-${day}.log`))}`;
};

/** What went wrong, what to do, in words for the person at the terminal. */
export const explain = (error: unknown, dataDir: string): string => {
  const said =
    error instanceof Error ? `${(error as NodeJS.ErrnoException).code ?? ''} ${error.message}` : String(error);
  const folder = path.resolve(dataDir);
  if (/ENOSPC|No space left|could not extend file|not enough free/i.test(said)) {
    return `Le disque qui porte ${folder} est plein. Libérez de la place puis relancez : ce qui était enregistré est intact.`;
  }
  if (/EACCES|EPERM|EROFS|Permission denied|Read-only/i.test(said)) {
    return `Le dossier ${folder} ne peut pas être écrit par ce compte. Changez ses droits, ou donnez un autre dossier avec DATA_DIR.`;
  }
  if (/could not look up effective user ID/i.test(said)) {
    return 'Ce compte n’a pas de nom sur cette machine (identifiant sans ligne dans /etc/passwd). Lancez le site avec un compte nommé, ou donnez une base avec DATABASE_URL.';
  }
  if (/incompatible with server|initialized by PostgreSQL version/i.test(said)) {
    return `Les données de ${folder} viennent d’une autre version de PostgreSQL. Restaurez une sauvegarde dans un nouveau dossier (npm run db -- restore).`;
  }
  return `La base de données ne démarre pas. ${said.trim()}`;
};
