import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Browser, expect, type Page, test } from '@playwright/test';
import { sound } from './sound.ts';

/** The places of our site inside another one's page. */
const frame = '/integrer/cadre/lieux?territoire=region:93&couleur=ffcc00&theme=clair';

/** Another site, whose only page holds this. */
const elsewhere = async (body: string): Promise<{ url: string; server: Server }> => {
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(`<!doctype html><html lang="fr"><title>Un autre site</title>${body}`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, server };
};

const withoutScript = async (browser: Browser, baseURL: string | undefined): Promise<Page> => {
  const context = await browser.newContext({ javaScriptEnabled: false, ...(baseURL ? { baseURL } : {}) });
  return context.newPage();
};

test('without any script: the list, the map, the search, and links that open our site apart', async ({
  browser,
  baseURL,
}) => {
  const { url, server } = await elsewhere(
    `<iframe src="${baseURL}${frame}" title="Lieux" width="360" height="900"></iframe>`,
  );
  const page = await withoutScript(browser, baseURL);
  try {
    await page.goto(url);
    const inside = page.frameLocator('iframe');
    await expect(inside.getByRole('heading', { level: 1 })).toHaveText(
      'Lieux et services en Provence-Alpes-Côte d’Azur',
    );
    await expect(inside.locator('ol > li')).toHaveCount(2);
    await expect(inside.locator('svg a')).toHaveCount(2);
    await inside.getByLabel('Que cherchez-vous').fill('alpes-maritimes');
    await inside.getByRole('button', { name: 'Voir ce qui existe' }).click();
    await expect(inside.locator('ol > li')).toHaveCount(1);
    const [opened] = await Promise.all([
      page.context().waitForEvent('page'),
      inside.getByRole('link', { name: /Maison des Alpes-Maritimes/ }).click(),
    ]);
    await expect(opened).toHaveURL(/\/lieux\/maison-des-alpes-maritimes/);
    // The page opened is a page like another, out of the frame's confinement.
    await expect(opened.getByRole('heading', { level: 1 })).toContainText('Maison des Alpes-Maritimes');
    expect(await page.context().cookies()).toEqual([]);
  } finally {
    server.close();
    await page.context().close();
  }
});

test('the element makes the frame and only the frame, which keeps nothing', async ({ page, context, baseURL }) => {
  expect(readFileSync('static/integrer/cadre.js').length).toBeLessThanOrEqual(2_000);
  const { url, server } = await elsewhere(`
    <script src="${baseURL}/integrer/cadre.js" async></script>
    <mille-jours-cadre page="lieux" hauteur="500" parametres="territoire=region:93&amp;recherche=non"><a href="/">Lieux</a></mille-jours-cadre>
    <mille-jours-cadre page="../../exploitation"><a href="/">Rien</a></mille-jours-cadre>`);
  try {
    await page.goto(url, { waitUntil: 'networkidle' });
    await expect(page.locator('iframe')).toHaveCount(1);
    await expect(page.locator('iframe')).toHaveCSS('height', '500px');
    await expect(page.frameLocator('iframe').locator('ol > li')).toHaveCount(2);
    await expect(page.getByText('Rien')).toBeVisible();
    const inside = page.frames().find((candidate) => candidate.url().includes('/integrer/cadre/'));
    expect(inside?.url()).toContain('territoire=region%3A93&recherche=non');
    expect(
      await inside?.evaluate(() => {
        try {
          return String(localStorage.length);
        } catch (error) {
          return (error as Error).name;
        }
      }),
    ).toBe('SecurityError');
    expect(await context.cookies()).toEqual([]);
  } finally {
    server.close();
  }
});

test('any site may frame it, and it alone', async ({ request }) => {
  const headersOf = async (address: string) => (await request.get(address)).headers();
  const open = await headersOf(frame);
  expect(open['content-security-policy']).toContain('frame-ancestors *');
  expect(open['x-frame-options']).toBeUndefined();
  expect(open['set-cookie']).toBeUndefined();
  for (const address of ['/integrer', '/autour-de-moi?code=06088', '/integrer/cadre/../../autour-de-moi']) {
    const closed = await headersOf(address);
    expect(closed['content-security-policy'], address).toContain("frame-ancestors 'none'");
  }
});

for (const look of ['', '&theme=clair&taille=grande', '&couleur=777777']) {
  test(`axe finds nothing in the frame${look} on a dark device, and it fits in 320 px`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.setViewportSize({ width: 320, height: 640 });
    await page.goto(`/integrer/cadre/lieux?territoire=region:93${look}`);
    const paper = look.includes('clair') ? 'rgb(251, 246, 238)' : 'rgb(21, 19, 44)';
    await expect(page.locator('body')).toHaveCSS('background-color', paper);
    await sound(page);
  });
}

test('the page writes, without script, a code that shows what was chosen', async ({ browser, baseURL }) => {
  const page = await withoutScript(browser, baseURL);
  try {
    await page.goto('/integrer');
    await page.getByLabel('Un département').selectOption({ label: 'Alpes-Maritimes (06)' });
    await page.getByLabel('Quelle sorte de lieu').selectOption({ label: 'Maison des 1000 premiers jours' });
    await page.getByLabel('Votre couleur').fill('ffcc00');
    await page.getByRole('button', { name: 'Écrire le code' }).click();
    await expect(page.getByText('Pour rester lisible, votre couleur devient')).toBeVisible();
    const snippet = (await page.locator('#code pre').first().textContent()) ?? '';
    const { url, server } = await elsewhere(snippet);
    try {
      await page.goto(url);
      await expect(page.frameLocator('iframe').locator('ol > li')).toHaveCount(1);
      await expect(page.frameLocator('iframe').getByRole('heading', { level: 1 })).toContainText('Alpes-Maritimes');
    } finally {
      server.close();
    }
  } finally {
    await page.context().close();
  }
});
