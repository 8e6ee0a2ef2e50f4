import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findChromium } from '../../scripts/chromium.ts';
import { type StartedSite, startSite } from '../../scripts/start-site.ts';

const dataDir = mkdtempSync(path.join(tmpdir(), 'mille-jours-elsewhere-'));
const servers = ['https://data.geopf.fr', 'https://openmaptiles.geo.data.gouv.fr'];
let site: StartedSite;
let browser: Browser;
let addresses: Server;
/** What the base of addresses was asked, in order. */
const asked: URL[] = [];
let answer: { status: number; body: unknown } = { status: 200, body: {} };

/** What this site asks of others, when its operator wants it to. */
beforeAll(async () => {
  addresses = createServer((request, response) => {
    asked.push(new URL(request.url ?? '', 'http://localhost'));
    response.writeHead(answer.status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer.body));
  });
  await new Promise<void>((resolve) => addresses.listen(0, '127.0.0.1', resolve));
  const geocoder = `http://127.0.0.1:${(addresses.address() as AddressInfo).port}/search`;
  site = await startSite({ dataDir, settings: { BASE_MAP: 'carte-facile', GEOCODER_URL: geocoder } });
  browser = await chromium.launch({ executablePath: findChromium(), args: ['--enable-unsafe-swiftshader'] });
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await site?.stop();
  addresses.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const policyOf = async (address: string): Promise<string> =>
  (await fetch(site.url + address)).headers.get('content-security-policy') ?? '';

describe('with the base map of carte-facile', () => {
  test('its servers are open to the page of the map, to nothing else there, and to no other page', async () => {
    const policy = await policyOf('/autour-de-moi?code=06088');
    expect(policy).toContain(`connect-src 'self' ${servers.join(' ')};`);
    expect(policy.split(';').filter((part) => part.includes('geopf'))).toHaveLength(1);
    expect(await policyOf('/aide')).not.toContain('geopf');
    const privacy = await (await fetch(`${site.url}/confidentialite`)).text();
    expect(privacy).toMatch(/Quand vous ouvrez la carte[\s\S]*geopf/);
    expect(privacy).toContain('pendant votre visite, tant que vous n’ouvrez pas la carte');
  });

  test('nobody is asked before the map is open; then its two servers are, and the page has said so', async () => {
    const { page, outside, refused } = await visit('fulfill');
    await page.goto(`${site.url}/autour-de-moi?code=06088`);
    await page.locator('html[data-hydrated]').waitFor();
    await page.getByText(/Le fond de carte sera demandé à data\.geopf\.fr/).waitFor();
    expect(outside).toEqual([]);
    await page.getByRole('button', { name: 'Ouvrir la carte' }).click();
    await expect.poll(() => outside.some((address) => address.includes('/PLAN.IGN/')), { timeout: 20_000 }).toBe(true);
    expect(outside.filter((address) => !servers.some((server) => address.startsWith(`${server}/`)))).toEqual([]);
    expect(refused).toEqual([]);
    await page.context().close();
  });

  test('when its servers do not answer, our own outlines are drawn', async () => {
    const { page, ours } = await visit('abort');
    await page.goto(`${site.url}/autour-de-moi?code=06088`);
    await page.locator('html[data-hydrated]').waitFor();
    await page.getByRole('button', { name: 'Ouvrir la carte' }).click();
    await expect
      .poll(() => ours.some((address) => address.endsWith('/map/outlines.json')), { timeout: 20_000 })
      .toBe(true);
    await page.context().close();
  });
});

describe('with a base of addresses', () => {
  const typed = '172 avenue de la californie nice';
  const page = async (text: string): Promise<string> =>
    (await (await fetch(`${site.url}/autour-de-moi?${new URLSearchParams({ commune: text })}`)).text())
      .replaceAll(/<!--.*?-->/g, '')
      .replaceAll('\u00a0', ' ');

  test('an address is found, and the places around it', async () => {
    answer = {
      status: 200,
      body: {
        type: 'FeatureCollection',
        features: [
          {
            type: 'Feature',
            geometry: { type: 'Point', coordinates: [7.2312, 43.6793] },
            properties: {
              label: '172 Avenue de la Californie 06200 Nice',
              type: 'housenumber',
              citycode: '06088',
              postcode: '06200',
            },
          },
        ],
      },
    };
    const html = await page(typed);
    expect(html).toContain('autour de « 172 Avenue de la Californie 06200 Nice »');
    expect(html).toContain('Maison des Alpes-Maritimes des 1000 premiers jours');
    const [request] = asked;
    expect(Object.fromEntries(request?.searchParams ?? [])).toEqual({ q: typed, limit: '1' });
  });

  test('the name of a commune is asked of nobody', async () => {
    const before = asked.length;
    expect(await page('Nice')).toContain('à Nice');
    expect(asked).toHaveLength(before);
  });

  test.each([
    ['fails', { status: 500, body: {} }],
    ['says something else', { status: 200, body: { features: 'rien' } }],
    ['finds nothing', { status: 200, body: { type: 'FeatureCollection', features: [] } }],
  ])('when the base %s, the commune of the address answers, or the page says what to write', async (_, wrong) => {
    answer = wrong;
    const html = await page(typed);
    expect(html).toMatch(/Nice|Aucune commune ne répond/);
    expect(html).not.toMatch(/Erreur interne|500/);
  });
});

/** A page of a browser for which the rest of the world answers an empty tile, or nothing at all. */
const visit = async (
  world: 'fulfill' | 'abort',
): Promise<{ page: Page; outside: string[]; ours: string[]; refused: string[] }> => {
  const context = await browser.newContext({ serviceWorkers: 'block' });
  const [outside, ours, refused]: [string[], string[], string[]] = [[], [], []];
  await context.route(
    (url) => url.origin !== site.url,
    async (route) => {
      outside.push(route.request().url());
      if (world === 'abort') await route.abort();
      else await route.fulfill({ status: 200, body: '', headers: { 'access-control-allow-origin': '*' } });
    },
  );
  const page = await context.newPage();
  page.on('request', (request) => {
    if (request.url().startsWith(site.url)) ours.push(request.url());
  });
  page.on('console', (message) => {
    if (/Content Security Policy/.test(message.text())) refused.push(message.text());
  });
  return { page, outside, ours, refused };
};
