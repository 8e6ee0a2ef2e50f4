import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type StartedSite, startSite } from '../../scripts/start-site.ts';

const dataDir = mkdtempSync(path.join(tmpdir(), 'mille-jours-answers-'));
let site: StartedSite;

beforeAll(async () => {
  site = await startSite({
    dataDir,
    settings: {
      LOG_LEVEL: 'info',
      API_REQUESTS_PER_MINUTE: '40',
      CONTACT_EMAIL: 'equipe@mille-jours.example',
      QUICK_EXIT_URL: 'https://meteo.example/',
      PUBLISHER: 'Ville d’Exemple, 1 place de la Mairie, 00000 Exemple',
      PUBLICATION_DIRECTOR: 'Camille Exemple',
      HOSTING_PROVIDER: 'Hébergeur d’Exemple, 2 rue du Port, 00000 Exemple',
    },
  });
}, 120_000);
afterAll(async () => {
  await site.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

interface Answer {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: string;
}

/** A bare request: fetch would hide the Host header, the compression and the address it comes from. */
const ask = (
  address: string,
  options: { method?: string; headers?: Record<string, string>; body?: string; localAddress?: string } = {},
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const { body, ...rest } = options;
    const asked = request(site.url.replace('localhost', '127.0.0.1') + address, rest, (response) => {
      let text = '';
      response.on('data', (chunk) => {
        text += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }));
    });
    asked.on('error', reject);
    asked.end(body);
  });

const aScript = (): string => {
  const folder = 'build/client/_app/immutable/entry';
  return `/_app/immutable/entry/${readdirSync(folder).find((name) => name.endsWith('.js'))}`;
};

describe('headers', () => {
  test.each([
    ['a page', () => '/', 200],
    ['a page that does not exist', () => '/nulle-part', 404],
    ['the API', () => '/api/v1/communes?q=rennes', 200],
    ['a file', () => '/mark.svg', 200],
  ])('%s carries the security headers', async (_, address, status) => {
    const answer = await ask(address());
    expect(answer.status).toBe(status);
    expect(answer.headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
    });
    expect(answer.headers['content-security-policy']).toMatch(/frame-ancestors 'none'/);
    expect(answer.headers['set-cookie']).toBeUndefined();
  });

  test('a script of the build says what it is and that nobody frames it', async () => {
    const { status, headers } = await ask(aScript());
    expect(status).toBe(200);
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['content-security-policy']).toBe("frame-ancestors 'none'");
  });

  test('the policy of a page allows our scripts by nonce or hash and nobody else’s', async () => {
    const policy = String((await ask('/')).headers['content-security-policy']);
    expect(policy).toMatch(/default-src 'self'/);
    expect(policy).toMatch(/script-src 'self'( '(nonce|sha256)-[^']+')+;/);
    expect(policy.replace("style-src-attr 'unsafe-inline'", '')).not.toMatch(/unsafe|\*|https?:/);
  });

  test.each([['/'], ['/api/v1/communes?q=saint']])('%s is compressed for who accepts it', async (address) => {
    const headers = { 'accept-encoding': 'br, gzip' };
    expect((await ask(address, { headers })).headers['content-encoding']).toMatch(/br|gzip/);
    expect((await ask(address)).headers['content-encoding']).toBeUndefined();
  });

  test('each answer has its own number', async () => {
    const [one, two] = await Promise.all([ask('/'), ask('/')]);
    expect(one.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    expect(one.headers['x-request-id']).not.toBe(two.headers['x-request-id']);
  });
});

describe('refusals', () => {
  test('« Quitter vite » of the pages that know no setting leads to the neutral page', async () => {
    const answer = await ask('/quitter');
    expect([answer.status, answer.headers.location]).toEqual([302, 'https://meteo.example/']);
    expect(answer.headers['referrer-policy']).toBe('no-referrer');
  });

  test('the legal notice names who publishes, who answers and who hosts', async () => {
    const { body } = await ask('/mentions');
    for (const name of ['Ville d’Exemple', 'Camille Exemple', 'Hébergeur d’Exemple']) expect(body).toContain(name);
    expect(body).not.toContain('démonstration');
  });

  test('the page of the components is for those who build pages', async () => {
    expect((await ask('/composants')).status).toBe(404);
  });

  test('a page that does not exist says so in French, with a way on', async () => {
    const { body } = await ask('/nulle-part');
    expect(body).toMatch(/lang="fr"/);
    expect(body).toMatch(/href="\/aide"/);
  });

  test.each([
    ['/api/v1/communes', 'q'],
    ['/api/v1/communes?q=rennes&limit=10000', 'limit'],
    ['/api/v1/communes?q=rennes&couleur=bleu', 'couleur'],
    ['/api/v1/initiatives?priority=11', 'priority'],
  ])('%s gets a problem that names « %s »', async (address, field) => {
    const answer = await ask(address);
    expect([answer.status, answer.headers['content-type']]).toEqual([400, 'application/problem+json; charset=utf-8']);
    expect(JSON.parse(answer.body).errors[0].field).toBe(field);
    expect(answer.body).not.toMatch(/at .*\.(ts|js):|select |zod/i);
  });

  test('an address of the API that does not exist gets a problem too', async () => {
    const answer = await ask('/api/v1/nulle-part');
    expect([answer.status, JSON.parse(answer.body).status]).toEqual([404, 404]);
  });

  test('a form sent from another site is refused, and the same from ours is read', async () => {
    const { host } = new URL(site.url);
    const form = {
      method: 'POST',
      body: 'message=',
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html', host },
    };
    const foreign = await ask('/contact', {
      ...form,
      headers: { ...form.headers, origin: 'https://ailleurs.example' },
    });
    expect(foreign.status).toBe(403);
    expect(foreign.body).toMatch(/<html lang="fr">/);
    expect(foreign.headers['x-content-type-options']).toBe('nosniff');
    const ours = await ask('/contact', { ...form, headers: { ...form.headers, origin: `http://${host}` } });
    expect(ours.status).toBe(400);
    expect(ours.body).toMatch(/<form/);
  });

  test.each([
    ['broken', 'multipart/form-data; boundary=x', '--x\r\n'],
    ['of another kind', 'text/plain', 'message=a'],
  ])('a form whose envelope is %s is refused, and is no failure of ours', async (_, type, body) => {
    const { host } = new URL(site.url);
    const headers = { 'content-type': type, origin: `http://${host}`, host, accept: 'text/html' };
    expect((await ask('/contact', { method: 'POST', body, headers })).status).toBe(400);
  });

  test('a method that the API does not have gets a problem, wherever it is noticed', async () => {
    for (const headers of [{}, { 'content-type': 'application/json' }]) {
      const answer = await ask('/api/v1/communes', { method: 'POST', headers });
      expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    }
  });

  test('an envelope too large is refused in words', async () => {
    const { host } = new URL(site.url);
    const body = `message=${'a'.repeat(600_000)}`;
    const headers = { 'content-type': 'application/x-www-form-urlencoded', origin: `http://${host}`, host };
    const answer = await ask('/contact', { method: 'POST', body, headers });
    expect(answer.status).toBe(413);
    expect(answer.body).toMatch(/trop/);
  });

  test('ten thousand values are refused by the name of their field, not by a bare 431', async () => {
    for (const [field, value] of [
      ['kind', 'maternite'],
      ['audience', 'peres-et-seconds-parents'],
    ]) {
      for (const comma of [',', '%2C']) {
        const answer = await ask(`/api/v1/offers?commune=35238&${field}=${Array(10_000).fill(value).join(comma)}`);
        expect(answer.status).toBe(400);
        expect(JSON.parse(answer.body)).toMatchObject({ errors: [{ field }] });
      }
    }
  });

  test('a tile of the map is compressed on its way, as the other answers are', async () => {
    const headers = { 'accept-encoding': 'gzip' };
    for (const path of [
      '/tiles/offers/5/16/11.mvt',
      '/api/v1/offers.csv?commune=06088',
      '/api/v1/offers?commune=06088',
    ]) {
      const answer = await ask(path, { headers });
      expect([answer.status, answer.headers['content-encoding']], path).toEqual([200, 'gzip']);
    }
  });

  test('too many questions to the API in a minute are told to wait', async () => {
    let last: Answer | undefined;
    for (let round = 0; round < 60 && last?.status !== 429; round += 1) last = await ask('/api/v1/communes?q=brest');
    expect(last?.status).toBe(429);
    expect(Number(last?.headers['retry-after'])).toBeGreaterThan(0);
    expect(JSON.parse(last?.body ?? '{}').code).toBe('too_many_requests');
    expect((await ask('/')).status).toBe(200);
  });
});

describe('what only the operator sees', () => {
  test.each([
    ['from the machine itself', { host: 'localhost' }, 200],
    ['under the public name, even from the machine', { host: 'mille-jours.example' }, 404],
    ['through a proxy on the same machine', { host: 'localhost', 'x-forwarded-for': '203.0.113.9' }, 404],
    ['with a header that pretends', { host: 'mille-jours.example', 'x-internal-loopback': '1' }, 404],
  ])('/exploitation %s', async (_, headers, status) => {
    expect((await ask('/exploitation', { headers })).status).toBe(status);
  });
});

describe('logs', () => {
  test('are lines of JSON that say neither what was searched nor who asked', async () => {
    await ask('/initiatives?q=motrarissime', { headers: { 'user-agent': 'agent-tres-rare', cookie: 'gout=rare' } });
    const lines = () =>
      site
        .said()
        .split('\n')
        .filter((line) => line.startsWith('{') && line.endsWith('}'));
    const answered = () =>
      lines()
        .map((line) => JSON.parse(line))
        .filter(({ route }) => route === '/initiatives');
    await expect.poll(() => answered().length, { timeout: 10_000 }).toBeGreaterThan(0);
    expect(lines().length).toBeGreaterThan(5);
    expect(answered()[0]).toMatchObject({ method: 'GET', status: 200 });
    expect(site.said()).not.toMatch(/motrarissime|agent-tres-rare|127\.0\.0\.1|gout=rare/);
  });
});
