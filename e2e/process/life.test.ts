import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, onTestFinished, test } from 'vitest';
import { type StartedSite, startSite } from '../../scripts/start-site.ts';

const folder = (under = tmpdir()): string => {
  const made = mkdtempSync(path.join(under, 'mille-jours-life-'));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
};

const sites: StartedSite[] = [];
const site = async (options: Parameters<typeof startSite>[0]): Promise<StartedSite> => {
  const started = await startSite(options);
  sites.push(started);
  return started;
};
afterEach(async () => {
  for (const started of sites.splice(0)) await started.stop('SIGTERM');
});

/** Runs one of the project's commands to its end. */
const command = (args: string[], env: Record<string, string>) =>
  spawnSync(path.resolve('node_modules/.bin/node'), args, {
    encoding: 'utf8',
    env: { ...process.env, DATABASE_URL: '', ...env },
  });

const postmaster = (dataDir: string): number =>
  Number(readFileSync(path.join(dataDir, 'postgresql/cluster/postmaster.pid'), 'utf8').split('\n')[0]);

const alive = (pid: number): boolean => {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, '')[0] !== 'Z';
  } catch {
    return false;
  }
};

describe('starting', () => {
  test('on a new folder the site opens, answers, and says it is ready', async () => {
    const started = await site({ dataDir: folder() });
    expect((await fetch(started.url)).status).toBe(200);
    expect((await fetch(`${started.url}/healthz`)).status).toBe(200);
    expect(await (await fetch(`${started.url}/mentions`)).text()).toContain('démonstration');
    expect(await (await fetch(`${started.url}/readyz`)).json()).toMatchObject({ ready: true, database: 'ready' });
  });

  test('a second site on the same data is refused with a sentence', async () => {
    const dataDir = folder();
    await site({ dataDir });
    await expect(startSite({ dataDir })).rejects.toThrow(/Un autre site tourne déjà sur ces données/);
  });

  test('a port that is taken is named, and nothing is left running', async () => {
    const dataDir = folder();
    const taken = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void taken.close());
    await new Promise((resolve) => taken.once('listening', resolve));
    const { port } = taken.address() as { port: number };
    await expect(startSite({ dataDir, settings: { PORT: String(port) } })).rejects.toThrow(
      new RegExp(`Le port ${port} est déjà pris`),
    );
    expect(() => postmaster(dataDir)).toThrow();
  });

  test('every setting that cannot be read gets its sentence', async () => {
    const settings = { PORT: 'trois mille', ORIGIN: 'mille-jours.example', LOG_LEVEL: 'bavard' };
    const refusal = await startSite({ dataDir: folder(), settings }).catch((error: Error) => error.message);
    expect(refusal).toMatch(/PORT : attend un numéro de port/);
    expect(refusal).toMatch(/ORIGIN : attend une adresse/);
    expect(refusal).toMatch(/LOG_LEVEL : attend debug, info/);
    expect(refusal).not.toMatch(/at .*\.ts:\d+/);
  });

  test('an external database that does not answer is named without its password', async () => {
    const settings = { DATABASE_URL: 'postgres://moi:tressecret@127.0.0.1:9/base' };
    const refusal = await startSite({ dataDir: folder(), settings }).catch((error: Error) => error.message);
    expect(refusal).toMatch(/La base 127\.0\.0\.1:9\/base ne répond pas/);
    expect(refusal).not.toMatch(/tressecret/);
  });

  test('a folder that nobody else may enter will do, as root too', async () => {
    const closed = folder(homedir());
    chmodSync(closed, 0o700);
    const started = await site({ dataDir: path.join(closed, 'data') });
    expect((await fetch(`${started.url}/readyz`)).status).toBe(200);
  });
});

describe('dying', () => {
  test('kill −9 leaves no database behind, loses nothing, and the next start heals', async () => {
    const dataDir = folder();
    const first = await site({ dataDir });
    const before = await (await fetch(`${first.url}/api/v1/initiatives?limit=1`)).json();
    const database = postmaster(dataDir);
    await first.stop('SIGKILL');
    for (let tries = 0; tries < 100 && alive(database); tries += 1) await sleep(100);
    expect(alive(database)).toBe(false);

    const second = await site({ dataDir });
    expect(await (await fetch(`${second.url}/api/v1/initiatives?limit=1`)).json()).toEqual(before);
  });

  test('a database killed under the site comes back by itself', async () => {
    const dataDir = folder();
    const started = await site({ dataDir });
    process.kill(postmaster(dataDir), 'SIGKILL');
    let status = 0;
    for (let tries = 0; tries < 200 && status !== 200; tries += 1) {
      await sleep(100);
      status = (await fetch(`${started.url}/readyz`)).status;
    }
    expect(status).toBe(200);
    expect(started.said()).toMatch(/elle redémarre/);
  });

  test('SIGTERM lets a request under way finish', async () => {
    const started = await site({ dataDir: folder(), settings: { CONTACT_EMAIL: 'equipe@mille-jours.example' } });
    const port = Number(new URL(started.url).port);
    const body = 'subject=';
    const socket = connect(port, '127.0.0.1');
    const closed = new Promise((resolve) => socket.once('close', resolve));
    let answer = '';
    socket.on('data', (chunk) => {
      answer += chunk;
    });
    socket.write(
      `POST /contact HTTP/1.1\r\nHost: localhost:${port}\r\nOrigin: http://localhost:${port}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\nsub`,
    );
    await sleep(300);
    const stopped = started.stop('SIGTERM');
    await sleep(500);
    socket.write(body.slice(3));
    await closed;
    expect(answer).toMatch(/^HTTP\/1\.1 400/);
    expect(await stopped).toBe(0);
  });
});

describe('commands', () => {
  test('join the database of a running site, and start it when nothing runs', async () => {
    const dataDir = folder();
    const started = await site({ dataDir });
    const joined = command(['scripts/db.ts', 'status'], { DATA_DIR: dataDir });
    expect([joined.status, joined.stderr]).toEqual([0, '']);
    expect((await fetch(`${started.url}/readyz`)).status).toBe(200);

    await started.stop();
    const alone = command(['scripts/db.ts', 'status'], { DATA_DIR: dataDir });
    expect(alone.status).toBe(0);
    expect(() => postmaster(dataDir)).toThrow();
  });
});

describe('several processes on one external database', () => {
  test('two that start together both serve, and migrate once', async () => {
    // The embedded server of a first site stands for the external one.
    const dataDir = folder();
    const host = await site({ dataDir });
    const { application } = JSON.parse(readFileSync(path.join(dataDir, 'postgresql/secrets.json'), 'utf8'));
    const { superuser } = JSON.parse(readFileSync(path.join(dataDir, 'postgresql/secrets.json'), 'utf8'));
    const port = readFileSync(path.join(dataDir, 'postgresql/cluster/postmaster.pid'), 'utf8').split('\n')[3];
    const { default: pg } = await import('pg');
    const admin = new pg.Client({ connectionString: `postgres://postgres:${superuser}@127.0.0.1:${port}/postgres` });
    await admin.connect();
    await admin.query('create database together owner mille_jours');
    await admin.end();
    const settings = { DATABASE_URL: `postgres://mille_jours:${application}@127.0.0.1:${port}/together` };
    const [one, two] = await Promise.all([
      site({ dataDir: folder(), settings }),
      site({ dataDir: folder(), settings }),
    ]);
    for (const each of [one, two]) expect((await fetch(`${each.url}/readyz`)).status).toBe(200);
    await one.stop();
    await two.stop();
    await host.stop();
  });
});
