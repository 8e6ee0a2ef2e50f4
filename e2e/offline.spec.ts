import { request as ask, createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, type Page, test } from '@playwright/test';
import { expecting, keepFamily, view } from './device.ts';
import { hydrated } from './pages.ts';

const everythingKept = (page: Page): Promise<void> =>
  page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));

test('after one visit to the home page, without network, the help, the path and the articles still open', async ({
  page,
  context,
}) => {
  await page.goto('/');
  await everythingKept(page);
  await context.setOffline(true);
  for (const [address, title] of [
    ['/', 'Mille jours, de la grossesse aux 3 ans'],
    ['/aide', 'De l’aide, maintenant'],
    ['/mon-parcours', 'Mon parcours'],
    ['/articles/dormir-sur-le-dos', 'Bébé dort sur le dos'],
    ['/livret', 'Mon livret'],
    ['/l-essentiel', 'L’essentiel'],
    ['/l-essentiel/8', ''],
    ['/pour-les-proches', 'Pour les proches'],
  ] as const) {
    await page.goto(address);
    await expect(page.locator('h1')).toContainText(title);
    await expect(page.locator('h1')).not.toHaveText('Hors ligne');
  }
  await page.goto('/articles/dormir-sur-le-dos');
  await page.reload();
  await expect(page.locator('h1')).toHaveText('Bébé dort sur le dos');
  await page.goto('/initiatives');
  await expect(page.getByRole('heading', { name: 'Hors ligne' })).toBeVisible();
});

test('every article and every essential message is kept, with all that it needs', async ({ page }) => {
  await page.goto('/');
  await everythingKept(page);
  const missing = await page.evaluate(async () => {
    const articles: { slug: string }[] = await (await fetch('/articles.json')).json();
    const numbers = Array.from({ length: 15 }, (_, index) => `/l-essentiel/${index + 1}`);
    const addresses = [
      ...articles.map(({ slug }) => `/articles/${slug}`),
      ...numbers,
      ...['/', '/mon-parcours', '/mon-parcours/reperes.json', '/aide', '/s-informer', '/livret', '/l-essentiel'],
    ];
    const parts = new Set<string>();
    const absent = [];
    for (const address of addresses) {
      const kept = await caches.match(address);
      if (!kept) absent.push(address);
      const page = new DOMParser().parseFromString((await kept?.text()) ?? '', 'text/html');
      for (const part of page.querySelectorAll('script[src], link[rel=stylesheet], link[rel=preload], img[src]')) {
        parts.add(part.getAttribute('src') ?? part.getAttribute('href') ?? '');
      }
    }
    for (const part of parts) if (!(await caches.match(part))) absent.push(part);
    return { absent, articles: articles.length, parts: parts.size };
  });
  expect(missing.absent).toEqual([]);
  expect(missing.articles).toBeGreaterThanOrEqual(45);
  expect(missing.parts).toBeGreaterThan(5);
});

test('without network the whole path goes on, reload and a new tab included, and what changes is kept', async ({
  page,
  context,
}) => {
  await expecting(page);
  await everythingKept(page);
  await context.setOffline(true);
  await page.reload();
  await expect(page.getByText('28 semaines d’aménorrhée')).toBeVisible();
  for (const hash of [
    ...['a-venir', 'passe', 'situation', 'perte', 'annee', 'outils', 'agenda', 'inviter', 'aide-proches', 'reglages'],
    ...['entretien=avant', 'entretien=apres', 'liste=call', 'liste=bag', 'commencer', 'reprendre=x', 'invitation=x'],
  ]) {
    await view(page, hash);
    await expect(page.getByText('Les repères n’ont pas pu être lus')).toHaveCount(0);
  }
  await view(page, 'aujourdhui');
  await page.getByRole('link', { name: 'Un temps pour parler, avant la naissance' }).first().click();
  await page.getByRole('button', { name: 'C’est fait' }).click();
  await page.close();
  const cold = await context.newPage();
  await cold.goto('/mon-parcours#passe');
  await expect(cold.getByText('Fait le')).toBeVisible();
});

test('without network the articles are still searched', async ({ page, context }) => {
  await page.goto('/');
  await everythingKept(page);
  await context.setOffline(true);
  await page.goto('/s-informer');
  await hydrated(page);
  await page.getByLabel('Que cherchez-vous').fill('sommeil');
  await page.getByRole('button', { name: 'Voir les articles' }).click();
  await expect(page.getByRole('link', { name: 'Bébé dort sur le dos' })).toBeVisible();
});

test('the site can be installed, and opens on the path without network', async ({ page, context }) => {
  await page.goto('/mon-parcours');
  await everythingKept(page);
  const tools = await context.newCDPSession(page);
  const { installabilityErrors } = await tools.send('Page.getInstallabilityErrors');
  // A private window cannot install: Playwright opens no other.
  expect(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== 'in-incognito')).toEqual([]);
  const { url, data, errors } = await tools.send('Page.getAppManifest');
  expect(errors).toEqual([]);
  const manifest = JSON.parse(data ?? '{}');
  expect(new URL(url).pathname).toBe('/manifest.webmanifest');
  expect(manifest).toMatchObject({ start_url: '/mon-parcours', scope: '/', display: 'standalone', lang: 'fr' });
  for (const { src, sizes, type } of manifest.icons as { src: string; sizes: string; type: string }[]) {
    const seen = await page.evaluate(async (address) => {
      const answer = await fetch(address);
      const picture = new Image();
      picture.src = address;
      await picture.decode();
      return { type: answer.headers.get('content-type'), size: `${picture.naturalWidth}x${picture.naturalHeight}` };
    }, src);
    expect(seen.type).toBe(type);
    if (sizes !== 'any') expect(seen.size).toBe(sizes);
  }
  const purposes = (manifest.icons as { purpose?: string; sizes: string }[]).map(({ purpose, sizes }) =>
    [purpose ?? 'any', sizes].join(' '),
  );
  expect(purposes).toEqual(expect.arrayContaining(['any 192x192', 'any 512x512', 'maskable 512x512']));
  await context.setOffline(true);
  await page.goto(manifest.start_url);
  await expect(page.locator('h1')).toHaveText('Mon parcours');
});

/**
 * The site behind a door that can give another version of its worker, as after an update: the same pages, under another
 * version of the build.
 */
const behindDoor = async (site: string): Promise<{ url: string; update: () => void; close: () => void }> => {
  let updated = false;
  const to = new URL(site);
  const pass = (from: IncomingMessage, answer: ServerResponse) => {
    const headers = { ...from.headers, host: to.host, 'accept-encoding': 'identity' };
    // A connection of its own for each request: one kept open may be closed by the site just as it is used again.
    const target = { host: to.hostname, port: to.port, path: from.url, method: from.method, headers, agent: false };
    const passed = ask(target, (given) => {
      if (!updated || from.url !== '/service-worker.js') {
        answer.writeHead(given.statusCode ?? 502, given.headers);
        given.pipe(answer);
        return;
      }
      const parts: Buffer[] = [];
      given.on('data', (part: Buffer) => parts.push(part));
      given.on('end', () => {
        const script = Buffer.concat(parts).toString('utf8');
        const next = script.replace(/mille-jours-/g, 'mille-jours-suivante-');
        answer.writeHead(200, { 'content-type': 'text/javascript', 'cache-control': 'no-cache' }).end(next);
      });
    });
    passed.on('error', () => answer.writeHead(502).end());
    from.pipe(passed);
  };
  const server = createServer(pass);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    update: () => {
      updated = true;
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};

test('a new version of the site comes without losing what the device holds', async ({ browser, baseURL }) => {
  const door = await behindDoor(baseURL ?? '');
  const context = await browser.newContext({ baseURL: door.url });
  try {
    const page = await context.newPage();
    await expecting(page);
    await everythingKept(page);
    // The first visit came before the worker: only a page that it answered keeps the next version waiting.
    await page.reload();
    expect(await page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true);
    const [first] = await page.evaluate(() => caches.keys());
    door.update();
    // The new version waits until no page of the older is open, and never takes a page away from somebody who reads it.
    // As the browser does at each visit, ask again when a file did not arrive.
    await expect
      .poll(
        () =>
          page.evaluate(async () => {
            const registration = await navigator.serviceWorker.getRegistration();
            if (!registration?.waiting && !registration?.installing) await registration?.update();
            return Boolean(registration?.waiting);
          }),
        { timeout: 60_000 },
      )
      .toBe(true);
    await page.reload();
    await expect(page.getByText('28 semaines d’aménorrhée')).toBeVisible();
    await expect(async () => {
      await page.goto('about:blank');
      await page.waitForTimeout(500);
      await page.goto('/mon-parcours');
      expect(await page.evaluate(() => caches.keys())).toEqual([expect.stringMatching(/^mille-jours-suivante-/)]);
    }).toPass({ timeout: 40_000 });
    expect(first).not.toContain('suivante');
    await expect(page.getByText('28 semaines d’aménorrhée')).toBeVisible();
    await context.setOffline(true);
    await page.reload();
    await expect(page.getByText('28 semaines d’aménorrhée')).toBeVisible();
  } finally {
    await context.close();
    door.close();
  }
});

test('what the first version wrote opens in this one', async ({ page }) => {
  await keepFamily(page);
  await view(page, 'etape=gro-epp:p1');
  await expect(page.getByLabel('Ma note')).toHaveValue('Merci');
  await view(page, 'aujourdhui');
  await expect(page.getByText('28 semaines d’aménorrhée')).toBeVisible();
});

test('a database that a newer version made is left as it is, and said', async ({ page }) => {
  await keepFamily(page);
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const request = indexedDB.open('mille-jours', 2);
        request.onsuccess = () => {
          request.result.close();
          resolve();
        };
      }),
  );
  await page.goto('/mon-parcours');
  await expect(page.getByText('version plus récente')).toBeVisible();
  const versions = await page.evaluate(async () => (await indexedDB.databases()).map(({ version }) => version));
  expect(versions).toEqual([2]);
});
