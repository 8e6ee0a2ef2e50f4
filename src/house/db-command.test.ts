import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { systemClock } from '#platform/clock.ts';
import { createDatabase, createPool } from '#platform/server/database/database.ts';
import { proveByLink } from '#platform/server/identity/email-proof.ts';
import { readSettings } from '#platform/server/settings.ts';
import { testContext } from '#testing/context.ts';
import { testDatabase } from '#testing/database.ts';
import { signedIn } from '#testing/person.ts';
import { openDatabase } from './database.ts';
import { runDbCommand } from './db-command.ts';

const folder = (): string => {
  const made = mkdtempSync(path.join(tmpdir(), 'mille-jours-db-'));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
};

type Place = { readonly environment: Record<string, string>; readonly from: string };

/** A database of its own for the commands, embedded in a folder or somewhere else. */
const places: [string, () => Promise<Place>][] = [
  ['embedded', async () => ({ environment: { DATA_DIR: path.join(folder(), 'data') }, from: folder() })],
  [
    'external',
    async () => {
      const { db, url } = await testDatabase('bare');
      await db.destroy();
      return { environment: { DATABASE_URL: url }, from: folder() };
    },
  ],
];

const run = async ({ environment, from }: Place, ...words: string[]): Promise<{ code: number; said: string }> => {
  const sentences: string[] = [];
  const code = await runDbCommand(words, environment, from, (sentence) => sentences.push(sentence));
  return { code, said: sentences.join('\n').replaceAll(/\s+/g, ' ') };
};

const post = async ({ environment }: Place, subject: string): Promise<void> => {
  const settings = readSettings(environment);
  if (!settings.ok) throw new Error('settings');
  const opened = await openDatabase(settings.value, 'command', () => {});
  if (!opened.ok) throw new Error(opened.error);
  const db = createDatabase(createPool(opened.value.url, 1));
  await db.insertInto('mail_outbox').values({ recipient: 'a@b.example', subject, body: 'x' }).execute();
  await db.destroy();
  await opened.value.close();
};

describe.each(places)('on an %s database', (_kind, make) => {
  test('one is told where it stands, backed up from where one is, and put back', async () => {
    const place = await make();
    expect(await run(place, 'status')).toMatchObject({ code: 0, said: expect.stringContaining('Schéma : aucun') });
    expect(await run(place, 'backup', 'b.mj')).toMatchObject({
      code: 1,
      said: expect.stringContaining('base est vide'),
    });
    expect(await run(place, 'migrate')).toMatchObject({ code: 0, said: expect.stringContaining('0001-journal') });
    expect(await run(place, 'migrate')).toMatchObject({ code: 0, said: 'Le schéma était déjà à jour.' });
    await post(place, 'first');
    expect(await run(place, 'backup', 'b.mj')).toMatchObject({
      code: 0,
      said: expect.stringMatching(/: \d+ lignes?\./),
    });
    expect(existsSync(path.join(place.from, 'b.mj'))).toBe(true);
    await post(place, 'second');
    expect(await run(place, 'status')).toMatchObject({ code: 0, said: expect.stringMatching(/mail_outbox 2 lignes/) });

    const refused = await run(place, 'restore', 'b.mj');
    expect(refused).toMatchObject({ code: 1, said: expect.stringContaining('mail_outbox') });
    const restored = await run(place, 'restore', 'b.mj', '--replace');
    expect(restored).toMatchObject({ code: 0, said: expect.stringContaining('va être effacé') });
    expect(restored.said).toContain('Journal en ordre : 0 événement');
    expect(await run(place, 'status')).toMatchObject({ said: expect.stringMatching(/mail_outbox 1 ligne /) });
    expect(await run(place, 'verify-journal')).toMatchObject({ code: 0 });
    // Each command starts the embedded database and stops it.
  }, 60_000);
});

test('an administrator is named, and enters by a link that serves once', async () => {
  const { db, url } = await testDatabase('empty');
  const place = { environment: { DATABASE_URL: url, ORIGIN: 'https://ici.example', LOG_LEVEL: 'silent' }, from: '.' };
  expect(await run(place, 'create-admin', 'personne')).toMatchObject({ code: 1 });
  expect(await db.selectFrom('agency_grant').select('id').execute()).toEqual([]);

  const { code, said } = await run(place, 'create-admin', 'Admin@Ministere.example');
  expect(code).toBe(0);
  expect(said).toContain('admin@ministere.example administre maintenant le site');
  const token = /https:\/\/ici\.example\/connexion\/lien\?jeton=([\w-]{43})/.exec(said)?.[1] ?? '';
  const context = testContext(db, { clock: systemClock });
  const proved = await proveByLink(context, token);
  expect(proved).toMatchObject({ ok: true, value: { next: '/exploitation' } });
  expect((await proveByLink(context, token)).ok).toBe(false);
  expect((await signedIn(context, 'admin@ministere.example')).grants).toEqual([
    { agency: 'ministry', role: 'administrator', scope: 'france' },
  ]);
});

test.each([
  [['nothing'], 2, 'La commande « nothing » n’existe pas.'],
  [['constructor'], 2, 'n’existe pas'],
  [['backup'], 2, 'Il manque le nom du fichier : backup FICHIER'],
  [['backup', 'a', 'b'], 2, 'Cette commande s’écrit : backup FICHIER'],
  [['create-admin'], 2, 'Il manque l’adresse électronique : create-admin ADRESSE'],
  [['status', '--dry-run'], 2, 'Cette commande s’écrit : status'],
  [['status', '--replace'], 2, 'Cette commande s’écrit : status'],
  [['restore', 'a', '--force'], 2, 'Une option n’existe pas.'],
  [[], 0, 'restore FICHIER [--replace]'],
  [['--help'], 0, 'verify-journal'],
  [['status'], 1, 'DATABASE_URL : attend une adresse'],
])('%j answers %i', async (words, code, sentence) => {
  const place = { environment: { DATABASE_URL: 'not an address' }, from: '.' };
  const answered = await run(place, ...words);
  expect(answered.code).toBe(code);
  expect(answered.said).toContain(sentence);
});
