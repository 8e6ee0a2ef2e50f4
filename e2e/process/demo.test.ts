import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';

/** `npm run demo` as a newcomer runs it, beside the data of a site. */
const node = path.resolve('node_modules/.bin/node');
const environment = (dataDir: string, more: Record<string, string> = {}) => ({
  ...process.env,
  ...{ DATABASE_URL: '', ORIGIN: '', DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'error', ...more },
});

const demo = (args: string[], env: ReturnType<typeof environment>) =>
  spawnSync(node, ['scripts/demo.ts', ...args], { encoding: 'utf8', env });

const opened = (running: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    let said = '';
    const hear = (chunk: Buffer): void => {
      said += chunk;
      const address = /(http:\/\/localhost:\d+)/.exec(said)?.[1];
      if (address) resolve(address);
    };
    running.stdout?.on('data', hear);
    running.stderr?.on('data', hear);
    running.once('exit', () => reject(new Error(said)));
  });

test('opens on fictional people only, lets each role in at the machine, and goes away with its folder', {
  timeout: 300_000,
}, async () => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'mille-jours-demo-'));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  writeFileSync(path.join(dataDir, 'du-site.txt'), 'à garder');

  const open = demo([], environment(dataDir, { ORIGIN: 'https://mille-jours.example' }));
  expect([open.status, open.stderr]).toEqual([1, expect.stringContaining('ne s’ouvre pas à une adresse publique')]);
  expect(readdirSync(dataDir)).toEqual(['du-site.txt']);

  // A base that does not exist: were it asked, the command would fail.
  const elsewhere = environment(dataDir, { DATABASE_URL: 'postgres://moi:secret@127.0.0.1:9/du-site' });
  const running = spawn(node, ['scripts/demo.ts'], { stdio: ['ignore', 'pipe', 'pipe'], env: elsewhere });
  onTestFinished(() => void running.kill('SIGKILL'));
  const url = await opened(running);
  for (const address of ['/', '/professionnels', '/cette-page-n-existe-pas', '/integrer/cadre?departement=35']) {
    const page = await fetch(`${url}${address}`, { headers: { accept: 'text/html' } });
    expect(await page.text(), address).toMatch(/Démonstration\s: structures fictives/);
  }
  const roles = await (await fetch(`${url}/demonstration`)).text();
  const enter = (headers: Record<string, string>) =>
    fetch(`${url}/demonstration`, {
      ...{ method: 'POST', redirect: 'manual', body: new URLSearchParams({ role: 'pmi' }) },
      headers: { origin: url, accept: 'text/html', ...headers },
    });
  expect(roles.match(/name="role"/g)?.length).toBeGreaterThan(12);
  // Through a proxy, hence from elsewhere.
  expect((await fetch(`${url}/demonstration`, { headers: { 'x-forwarded-for': '192.0.2.7' } })).status).toBe(404);
  expect((await enter({ 'x-forwarded-for': '192.0.2.7' })).status).toBe(404);
  const entered = await enter({});
  expect([entered.status, entered.headers.get('location')]).toEqual([303, '/professionnels/espace/moderation']);
  const cookie = entered.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  expect(await (await fetch(`${url}/professionnels/espace/moderation`, { headers: { cookie } })).text()).toContain(
    'Maison des familles de l’Ille (démonstration)',
  );

  const used = demo(['--remove'], environment(dataDir));
  expect([used.status, used.stderr]).toEqual([1, expect.stringContaining('Un autre site tourne déjà')]);
  const ended = new Promise((resolve) => running.once('exit', resolve));
  running.kill('SIGTERM');
  await ended;
  expect(demo(['--remove'], environment(dataDir)).status).toBe(0);
  expect(existsSync(path.join(dataDir, 'demonstration'))).toBe(false);
  expect(readdirSync(dataDir)).toEqual(['du-site.txt']);
});
