import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type EmbeddedDatabase, explain, type OpenOptions, openEmbedded } from './embedded.ts';

const folder = (): string => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'mille-jours-embedded-'));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  return dataDir;
};

const open = async (dataDir: string, opener: OpenOptions['opener'] = 'command'): Promise<EmbeddedDatabase> => {
  const opened = await openEmbedded({ dataDir, opener, say: () => {} });
  if (!opened.ok) throw new Error(opened.error);
  return opened.value;
};

const query = async (url: string, text: string): Promise<unknown[]> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
};

const lockFile = (dataDir: string) => path.join(dataDir, 'postgresql/cluster/postmaster.pid');

describe('the embedded database', () => {
  test('keeps its rows from one opening to the next, for a role that is not a superuser', async () => {
    const dataDir = folder();
    const first = await open(dataDir);
    await query(first.url, 'create table kept as select 42 as answer');
    expect(await query(first.url, 'select rolsuper from pg_roles where rolname = current_user')).toEqual([
      { rolsuper: false },
    ]);
    await first.stop();
    const second = await open(dataDir);
    expect(await query(second.url, 'select answer from kept')).toEqual([{ answer: 42 }]);
    await second.stop();
  });

  test('a lock left by a dead process, whose number another program took, heals by itself', async () => {
    const dataDir = folder();
    const first = await open(dataDir);
    const lock = readFileSync(lockFile(dataDir), 'utf8');
    await first.stop();
    writeFileSync(lockFile(dataDir), lock.replace(/^\d+/, String(process.pid)));
    const second = await open(dataDir);
    expect(second.joined).toBe(false);
    await second.stop();
  });

  test('a command joins what runs; a second site is refused', async () => {
    const dataDir = folder();
    const site = await open(dataDir, 'site');
    const command = await open(dataDir, 'command');
    expect([command.joined, command.url]).toEqual([true, site.url]);
    const second = await openEmbedded({ dataDir, opener: 'site', say: () => {} });
    expect(second).toMatchObject({ ok: false, error: expect.stringContaining('Un autre site tourne déjà') });
    await command.stop();
    expect(await query(site.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    await site.stop();
  });

  test('two that start at the same moment on a new folder share one database', async () => {
    const dataDir = folder();
    const [one, two] = await Promise.all([open(dataDir), open(dataDir)]);
    expect([one.joined, two.joined].sort()).toEqual([false, true]);
    await (one.joined ? one : two).stop();
    await (one.joined ? two : one).stop();
  });

  test('kill −9 of its keeper takes it down, and committed rows are there afterwards', async () => {
    const dataDir = folder();
    const keeper = spawn(
      process.execPath,
      [
        '--input-type=module-typescript',
        '-e',
        `import { openEmbedded } from ${JSON.stringify(path.resolve('src/platform/server/database/embedded.ts'))};
         const opened = await openEmbedded({ dataDir: ${JSON.stringify(dataDir)}, opener: 'site', say: () => {} });
         console.log(opened.ok ? opened.value.url : opened.error);
         setInterval(() => {}, 1000);`,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const url = await new Promise<string>((resolve) =>
      keeper.stdout.once('data', (chunk) => resolve(String(chunk).trim())),
    );
    await query(url, 'create table kept as select 1 as one');
    keeper.kill('SIGKILL');
    await new Promise((resolve) => keeper.once('exit', resolve));
    let answers = true;
    for (let tries = 0; tries < 50 && answers; tries += 1) {
      await sleep(100);
      answers = await query(url, 'select 1').then(
        () => true,
        () => false,
      );
    }
    expect(answers).toBe(false);
    const next = await open(dataDir, 'site');
    expect(await query(next.url, 'select one from kept')).toEqual([{ one: 1 }]);
    await next.stop();
  });
});

test.each([
  ['ENOSPC: no space left on device, write', /Le disque qui porte .* est plein/],
  ['FATAL:  could not write lock file "postmaster.pid": No space left on device', /Le disque/],
  ["EACCES: permission denied, mkdir '/data'", /ne peut pas être écrit par ce compte/],
  ['could not look up effective user ID 1500: user does not exist', /Ce compte n’a pas de nom/],
  [
    'The data directory was initialized by PostgreSQL version 17, which is not compatible',
    /autre version de PostgreSQL/,
  ],
])('%s → a sentence that says what to do', (said, sentence) => {
  expect(explain(new Error(said), './data')).toMatch(sentence);
});
