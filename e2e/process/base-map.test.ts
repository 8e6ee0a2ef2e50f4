import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findChromium } from '../../scripts/chromium.ts';
import { type StartedSite, startSite } from '../../scripts/start-site.ts';

const dataDir = mkdtempSync(path.join(tmpdir(), 'mille-jours-map-'));
const servers = ['https://data.geopf.fr', 'https://openmaptiles.geo.data.gouv.fr'];
let site: StartedSite;
let browser: Browser;

beforeAll(async () => {
  site = await startSite({ dataDir, settings: { BASE_MAP: 'carte-facile' } });
  browser = await chromium.launch({ executablePath: findChromium(), args: ['--enable-unsafe-swiftshader'] });
}, 120_000);
afterAll(async () => {
  await browser.close();
  await site.stop();
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
    expect(await (await fetch(`${site.url}/confidentialite`)).text()).toMatch(/Quand vous ouvrez la carte[\s\S]*geopf/);
  });

  test('nobody is asked before the map is open; then its two servers are, and the page has said so', async () => {
    const { page, outside, refused } = await visit('fulfill');
    await page.goto(`${site.url}/autour-de-moi?code=06088`);
    await page.locator('html[data-hydrated]').waitFor();
    await page.getByText(/votre appareil demandera le fond de carte à data\.geopf\.fr/).waitFor();
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
