import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type StartedSite, startSite } from '../../scripts/start-site.ts';

/** Sign-ins as an administrator sets them, on a whole site with its own database. */
const dataDir = mkdtempSync(path.join(tmpdir(), 'mille-jours-sign-in-'));
let site: StartedSite;
beforeAll(async () => {
  site = await startSite({ dataDir });
}, 120_000);
afterAll(async () => {
  await site.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

const get = (address: string, cookie = '') =>
  fetch(`${site.url}${address}`, { redirect: 'manual', headers: { cookie, accept: 'text/html' } });

const post = (address: string, fields: Record<string, string>, cookie = '') =>
  fetch(`${site.url}${address}`, {
    ...{ method: 'POST', redirect: 'manual', body: new URLSearchParams(fields) },
    headers: { cookie, origin: site.url, accept: 'text/html' },
  });

/** The cookies of an answer, as the next request sends them. */
const cookiesOf = (response: Response): string =>
  response.headers
    .getSetCookie()
    .map((set) => set.split(';')[0])
    .join('; ');

test('the pages of the operator: open at the machine until an administrator is named, then theirs alone', async () => {
  expect((await get('/exploitation')).status).toBe(200);
  const { stdout } = spawnSync(
    path.resolve('node_modules/.bin/node'),
    ['scripts/db.ts', 'create-admin', 'admin@ministere.example'],
    { encoding: 'utf8', env: { ...process.env, DATABASE_URL: '', DATA_DIR: dataDir, ORIGIN: site.url } },
  );
  const link = /\/connexion\/lien\?jeton=([\w-]{43})/.exec(stdout);
  expect(link).not.toBeNull();
  for (const address of ['/exploitation', '/exploitation/courrier', '/exploitation/signalements']) {
    const refused = await get(address);
    expect([refused.status, refused.headers.get('location')]).toEqual([
      303,
      `/connexion?suite=${encodeURIComponent(address)}`,
    ]);
  }
  const entered = await post('/connexion/lien', { jeton: link?.[1] ?? '' });
  expect([entered.status, entered.headers.get('location')]).toEqual([303, '/exploitation']);
  const cookie = cookiesOf(entered);
  expect(cookie).toMatch(/mille-jours=[\w-]{43}/);
  const opened = await get('/exploitation', cookie);
  expect(opened.status).toBe(200);
  expect(opened.headers.get('cache-control')).toContain('no-store');

  const role = { email: 'm@ars.example', agency: 'ars', role: 'moderator', scope: 'region:53' };
  expect((await post('/mon-compte/roles?/confier', { ...role, scope: 'region:99' }, cookie)).status).toBe(400);
  expect((await post('/mon-compte/roles?/confier', role, cookie)).status).toBe(303);
  const roles = await (await get('/mon-compte/roles', cookie)).text();
  expect(roles).toContain('m@ars.example');
  expect(roles).toContain('Bretagne');
});

test('ten thousand tries from one address: thirty are looked at, as many messages at most leave, and the site answers others', async () => {
  const tries = 10_000;
  const statuses = new Map<number, number>();
  let sent = 0;
  const worker = async (): Promise<void> => {
    while (sent < tries) {
      const number = sent;
      sent += 1;
      const asks = number % 2 === 0;
      const { status } = asks
        ? await post('/connexion?/message', { email: `victime${number}@exemple.example` })
        : await post('/connexion/lien', { jeton: `${number}`.padEnd(43, 'x') });
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
  };
  const started = performance.now();
  await Promise.all(Array.from({ length: 20 }, worker));
  const seconds = (performance.now() - started) / 1_000;
  // Messages that left (303), links that were looked at (400), everything else told to come back later.
  expect(statuses.get(303)).toBeLessThanOrEqual(30);
  expect(statuses.get(400)).toBeLessThanOrEqual(30);
  expect(statuses.get(429)).toBeGreaterThanOrEqual(tries - 60);
  expect((await get('/aide')).status).toBe(200);
  console.log(`${tries} tries in ${seconds.toFixed(1)} s`);
});
