import path from 'node:path';
import { parseArgs } from 'node:util';
import { sql } from 'kysely';
import { systemClock } from '#platform/clock.ts';
import { readEmail } from '#platform/email.ts';
import { ok, type Result, refuse } from '#platform/result.ts';
import { writeBackup } from '#platform/server/database/backup.ts';
import { createDatabase, createPool, type Database } from '#platform/server/database/database.ts';
import { migrate, migrationLevel } from '#platform/server/database/migrate.ts';
import { restoreBackup } from '#platform/server/database/restore.ts';
import { prepareProof } from '#platform/server/identity/email-proof.ts';
import { nameAdministrator } from '#platform/server/identity/grants.ts';
import { verifyJournal } from '#platform/server/journal/verify.ts';
import { applyRetention, countDue } from '#platform/server/retention/apply.ts';
import { ageWords } from '#platform/server/retention/rule.ts';
import { readSettings, type Settings } from '#platform/server/settings.ts';
import { openDatabase } from './database.ts';
import { lightHouse } from './house.ts';
import { migrations } from './migrations.ts';
import { retentionRules } from './retention.ts';

type Say = (sentence: string) => void;

/** What a command is given: the settings, the address of the database, and what follows its name. */
interface Call {
  readonly url: string;
  readonly settings: Settings;
  readonly replace: boolean;
  readonly dryRun: boolean;
  readonly say: Say;
}

interface Command {
  readonly usage: string;
  readonly purpose: string;
  /** The one word that must follow. */
  readonly takes?: 'le nom du fichier' | 'l’adresse électronique';
  /** Refuses with a sentence. `word`: what follows, as typed; `file`: the same, read from where the person is. */
  run(call: Call & { word: string; file: string }): Promise<Result<void, string>>;
}

/** What `npm run db -- COMMAND` can do. */
const commands: Readonly<Record<string, Command>> = {
  status: {
    usage: 'status',
    purpose: 'dit où en est la base : version du schéma, taille, lignes de chaque table',
    run: ({ url, say }) => inDatabase(url, (db) => tellStatus(db, say)),
  },
  backup: {
    usage: 'backup FICHIER',
    purpose: 'écrit toute la base dans un fichier, sans arrêter le site',
    takes: 'le nom du fichier',
    run: async ({ url, file, say }) => {
      const written = await writeBackup(url, file, systemClock);
      if (!written.ok) return written;
      say(`Sauvegarde écrite dans ${file} : ${counted(written.value.rows, 'ligne')}.`);
      say('Elle contient des données personnelles : gardez-la chiffrée, ailleurs que sur cette machine.');
      return ok(undefined);
    },
  },
  restore: {
    usage: 'restore FICHIER [--replace]',
    purpose: 'remet une sauvegarde dans une base vide ; avec --replace, efface d’abord ce qu’elle contient',
    takes: 'le nom du fichier',
    run: async ({ url, file, replace, say }) => {
      if (replace) say('Ce que contient la base va être effacé et remplacé par la sauvegarde.');
      const restored = await restoreBackup({ url, file, migrations, replace });
      if (!restored.ok) return restored;
      const { madeAt, rows, migrated } = restored.value;
      say(`Sauvegarde du ${said(madeAt)} remise en place : ${counted(rows, 'ligne')}.`);
      if (migrated.length > 0) say(`Le schéma a ensuite été mis à jour : ${migrated.join(', ')}.`);
      return inDatabase(url, (db) => tellJournal(db, say));
    },
  },
  'verify-journal': {
    usage: 'verify-journal',
    purpose: 'relit tout le journal et dit si quelque chose y a été changé, retiré ou ajouté',
    run: ({ url, say }) => inDatabase(url, (db) => tellJournal(db, say)),
  },
  migrate: {
    usage: 'migrate',
    purpose: 'met le schéma à jour, comme le fait chaque démarrage du site',
    run: ({ url, say }) =>
      inDatabase(url, async (db) => {
        const run = await migrate(db, migrations);
        say(run.length > 0 ? `Schéma mis à jour : ${run.join(', ')}.` : 'Le schéma était déjà à jour.');
        return ok(undefined);
      }),
  },
  retention: {
    usage: 'retention [--dry-run]',
    purpose: 'efface ce qui a été gardé assez longtemps, comme chaque heure ; avec --dry-run, compte sans rien effacer',
    run: (call) => tellRetention(call),
  },
  'create-admin': {
    usage: 'create-admin ADRESSE',
    purpose: 'nomme une personne qui administre le site, et donne le lien par lequel elle entre',
    takes: 'l’adresse électronique',
    run: (call) => createAdministrator(call),
  },
};

const help = (): string =>
  [
    'Usage : npm run db -- COMMANDE',
    '',
    ...Object.values(commands).map(({ usage, purpose }) => `  ${usage.padEnd(28)} ${purpose}`),
    '',
    'La base est celle de DATABASE_URL, ou celle du dossier DATA_DIR (./data).',
  ].join('\n');

/**
 * Runs one command. Returns the exit code: 0 done, 1 refused or found wrong, 2 not understood.
 * `from`: folder where relative paths of files begin (the one of the person, not the one of the project).
 */
export const runDbCommand = async (
  words: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  from: string,
  say: Say,
): Promise<number> => {
  const asked = understand(words);
  if (!asked.ok) {
    say(asked.error);
    return 2;
  }
  const { command, word, replace, dryRun } = asked.value;
  if (!command) {
    say(help());
    return 0;
  }
  const settings = readSettings(environment);
  if (!settings.ok) {
    settings.sentences.forEach(say);
    return 1;
  }
  const database = await openDatabase(settings.value, 'command', say);
  if (!database.ok) {
    say(database.error);
    return 1;
  }
  try {
    const { url } = database.value;
    const file = path.resolve(from, word);
    const done = await command.run({ url, settings: settings.value, replace, dryRun, say, word, file });
    if (!done.ok) say(done.error);
    return done.ok ? 0 : 1;
  } catch (error) {
    say(explain(error));
    return 1;
  } finally {
    await database.value.close();
  }
};

const explain = (error: unknown): string => {
  const { code, message } = error as { code?: string; message?: string };
  // undefined_table: the schema was never made.
  if (code === '42P01') return 'Cette base est vide : lancez d’abord « npm start » ou « npm run db -- migrate ».';
  return `La commande n’a pas abouti : ${message ?? 'raison inconnue'}`;
};

const understand = (
  words: readonly string[],
): Result<{ command: Command | undefined; word: string; replace: boolean; dryRun: boolean }, string> => {
  const options = {
    replace: { type: 'boolean' },
    'dry-run': { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  } as const;
  try {
    const { values, positionals } = parseArgs({ args: [...words], options, allowPositionals: true });
    const [name, word, ...rest] = positionals;
    if (values.help || name === undefined || name === 'help')
      return ok({ command: undefined, word: '', replace: false, dryRun: false });
    const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (!command) return refuse(`La commande « ${name} » n’existe pas.\n\n${help()}`);
    if (command.takes && word === undefined) return refuse(`Il manque ${command.takes} : ${command.usage}`);
    const misplaced =
      (values.replace && command !== commands.restore) || (values['dry-run'] && command !== commands.retention);
    if (rest.length > 0 || (!command.takes && word !== undefined) || misplaced) {
      return refuse(`Cette commande s’écrit : ${command.usage}`);
    }
    return ok({ command, word: word ?? '', replace: values.replace ?? false, dryRun: values['dry-run'] ?? false });
  } catch {
    return refuse(`Une option n’existe pas.\n\n${help()}`);
  }
};

const inDatabase = async <T>(url: string, work: (db: Database) => Promise<T>): Promise<T> => {
  const db = createDatabase(createPool(url, 1));
  try {
    return await work(db);
  } finally {
    await db.destroy();
  }
};

/** Minutes that the link of an administrator lives: time to go from the terminal to a browser. */
const linkMinutes = 60;

/** Named by whoever holds the machine: the first administrator, or another one when nobody can enter any more. */
const createAdministrator = async ({
  url,
  settings,
  word,
  say,
}: Call & { word: string }): Promise<Result<void, string>> => {
  const email = readEmail(word);
  if (!email) return refuse(`« ${word} » n’est pas une adresse électronique. Exemple : prenom@exemple.fr`);
  const house = await lightHouse(settings, url, { work: false });
  try {
    const context = house.context({ kind: 'system' });
    const named = await nameAdministrator(context, email);
    if (!named.ok) return refuse(named.error.message);
    const { token } = await prepareProof(context, { email, next: '/exploitation' }, linkMinutes);
    const address = settings.ORIGIN ?? `http://localhost:${settings.PORT}`;
    say(`${email} administre maintenant le site. Les pages /exploitation demandent désormais de se connecter.`);
    say(`Pour entrer, ouvrez ce lien dans l’heure, une seule fois : ${address}/connexion/lien?jeton=${token}`);
    say('Ensuite, ajoutez une clé d’accès dans « Mon compte », « Connexion » : elle sert même sans courrier.');
    return ok(undefined);
  } finally {
    await house.close();
  }
};

/** Each rule of retention with the number of rows that it erases, or would. */
const tellRetention = async ({ url, settings, dryRun, say }: Call): Promise<Result<void, string>> => {
  const house = await lightHouse(settings, url, { work: false });
  try {
    const context = house.context({ kind: 'system' });
    const counts = await (dryRun ? countDue(context, retentionRules) : applyRetention(context, retentionRules));
    say(dryRun ? 'Ce qui serait effacé maintenant (rien ne l’a été) :' : 'Ce qui vient d’être effacé :');
    for (const { rule, rows } of counts) {
      say(
        `  ${rule.name.padEnd(26)} ${counted(rows, 'ligne').padStart(16)}   ${rule.what}, ${ageWords(rule.age)} ${rule.since}`,
      );
    }
    return ok(undefined);
  } finally {
    await house.close();
  }
};

const tellStatus = async (db: Database, say: Say): Promise<Result<void, string>> => {
  const level = await migrationLevel(db, migrations);
  const newest = Object.keys(migrations).sort().at(-1);
  say(`Schéma : ${level ?? 'aucun'}${level === newest ? ', à jour' : `, le plus récent est ${newest}`}`);
  const { rows: sizes } = await sql<{ size: number; version: string }>`
    select pg_database_size(current_database()) as size, current_setting('server_version') as version`.execute(db);
  for (const { size, version } of sizes) say(`PostgreSQL ${version}, ${megabytes(size)}`);
  const { rows: tables } = await sql<{ name: string; bytes: number }>`
    select relname as name, pg_total_relation_size(oid) as bytes from pg_class
    where relnamespace = 'public'::regnamespace and relkind = 'r' and relname not like 'kysely\_migration%'
    order by 1`.execute(db);
  for (const { name, bytes } of tables) {
    const { rows } = await sql<{ count: number }>`select count(*) as count from ${sql.id('public', name)}`.execute(db);
    say(`  ${name.padEnd(28)} ${counted(rows[0]?.count ?? 0, 'ligne').padStart(16)} ${megabytes(bytes).padStart(12)}`);
  }
  return ok(undefined);
};

const tellJournal = async (db: Database, say: Say): Promise<Result<void, string>> => {
  const { events, streams, checkpoints, lastHash, troubles } = await verifyJournal(db);
  if (troubles.length > 0) {
    for (const trouble of troubles) say(trouble);
    return refuse('Le journal n’est pas tel qu’il a été écrit.');
  }
  say(
    `Journal en ordre : ${counted(events, 'événement')} dans ${counted(streams, 'dossier')}, ${counted(checkpoints, 'scellé')}.`,
  );
  if (lastHash) say(`Dernier scellé : ${lastHash}. Notez-le ailleurs : il prouvera que rien n’a été réécrit.`);
  return ok(undefined);
};

const counted = (number: number, noun: string): string =>
  `${number.toLocaleString('fr-FR')} ${noun}${number >= 2 ? 's' : ''}`;

const megabytes = (bytes: number): string =>
  `${(bytes / 1e6).toLocaleString('fr-FR', { maximumFractionDigits: 1 })} Mo`;

const said = (instant: string): string =>
  Temporal.Instant.from(instant)
    .toZonedDateTimeISO('Europe/Paris')
    .toLocaleString('fr-FR', { dateStyle: 'long', timeStyle: 'short' });
