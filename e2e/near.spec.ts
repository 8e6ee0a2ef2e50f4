import { gzipSync } from 'node:zlib';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { writeSheet } from '../src/modules/directory/sheet.ts';
import { hydrated } from './pages.ts';

/** Weight allowed to the map, fetched only when it is opened: library, its worker, in kB of 1000 bytes, gzip 9. */
const MAP_BUDGET_KB = 480;

/** Every address that a page asks for, in order. */
const asked = (page: Page): string[] => {
  const addresses: string[] = [];
  page.on('request', (request) => addresses.push(request.url()));
  return addresses;
};

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('a commune is typed, the list answers, a place is opened, an error is reported', async ({ page }) => {
    await page.goto('/autour-de-moi');
    await page.getByRole('textbox', { name: 'Où cherchez-vous' }).fill('nice');
    await page.getByRole('button', { name: 'Voir ce qui existe' }).first().click();
    await expect(page.getByText(/1 réponse à Nice/)).toBeVisible();
    await page.getByRole('link', { name: 'Maison des Alpes-Maritimes des 1000 premiers jours' }).click();
    await expect(page.getByText('172 avenue de la Californie')).toBeVisible();
    await expect(page.getByText('Numéro donné le 30 mars 2023.')).toBeVisible();
    await page.getByRole('link', { name: 'Signaler une erreur' }).click();
    await page.getByRole('textbox', { name: 'Votre message' }).fill('Un essai du navigateur, rien à changer.');
    await page.getByRole('button', { name: 'Envoyer' }).click();
    await expect(page.getByRole('heading', { name: 'Merci, c’est noté' })).toBeVisible();

    await page.goto('/exploitation/signalements');
    const report = page.getByRole('listitem').filter({ hasText: 'Un essai du navigateur, rien à changer.' });
    await expect(report.getByRole('link', { name: /Maison des Alpes-Maritimes/ })).toBeVisible();
    await report
      .getByRole('button', { name: /C’est traité/ })
      .first()
      .click();
    await expect(page.getByText('Le signalement est rangé')).toBeVisible();
    await page.getByRole('link', { name: 'Traités' }).click();
    await expect(report.first()).toBeVisible();
  });

  test('filters are links and fields of the address, and each can be taken away', async ({ page }) => {
    await page.goto('/autour-de-moi?code=06088&kind=maison-1000-jours&quand=saturday');
    await expect(page.getByText('Rien ne répond à ces choix')).toBeVisible();
    await page.getByRole('link', { name: /Enlever le filtre Samedi/ }).click();
    await expect(page.getByText(/1 réponse à Nice/)).toBeVisible();
  });
});

test('the map opens beside the list with its numbers, and nothing leaves our server', async ({ page }) => {
  const addresses = asked(page);
  const weights: Promise<number>[] = [];
  await page.goto('/autour-de-moi?code=06088');
  await hydrated(page);
  page.on('response', (response) => {
    if (/javascript/.test(response.headers()['content-type'] ?? '')) {
      weights.push(response.body().then((body) => gzipSync(body, { level: 9 }).length));
    }
  });
  await page.getByRole('button', { name: 'Ouvrir la carte' }).click();
  const map = page.getByRole('region', { name: /Carte des lieux/ });
  await expect(map.getByRole('link', { name: /^1\. Maison des Alpes-Maritimes/ })).toBeVisible();
  await expect.poll(() => addresses.some((address) => /\/tiles\/offers\/\d+\/\d+\/\d+\.mvt/.test(address))).toBe(true);
  expect(addresses.some((address) => address.endsWith('/map/outlines.json'))).toBe(true);
  // The rendez-vous near there are points beside the places.
  await expect.poll(() => addresses.some((address) => address.includes('/agenda/points.json?'))).toBe(true);
  const origin = new URL(page.url()).origin;
  expect(addresses.filter((address) => !address.startsWith(origin) && !/^(data|blob):/.test(address))).toEqual([]);
  const bytes = (await Promise.all(weights)).reduce((sum, weight) => sum + weight, 0);
  expect(bytes / 1000).toBeLessThan(MAP_BUDGET_KB);
  await page.getByRole('button', { name: 'Fermer la carte' }).click();
  await expect(map).toBeHidden();
});

test('the map answers to the keyboard alone: it opens, its numbers are met and followed', async ({ page }) => {
  await page.goto('/autour-de-moi?code=06088');
  await hydrated(page);
  await page.getByRole('button', { name: 'Ouvrir la carte' }).focus();
  await page.keyboard.press('Enter');
  const map = page.getByRole('region', { name: /Carte des lieux/ });
  const number = map.getByRole('link', { name: /^1\. Maison des Alpes-Maritimes/ });
  await expect(number).toBeVisible();
  const met: string[] = [];
  for (let step = 0; step < 5; step += 1) {
    await page.keyboard.press('Tab');
    met.push(
      await page.evaluate(() => {
        const element = document.activeElement;
        return element?.getAttribute('aria-label') ?? element?.closest('label')?.textContent?.trim() ?? '';
      }),
    );
  }
  // The map itself takes the arrows, + and −.
  expect(met).toEqual([
    ...['Lieux et services', 'Rendez-vous de l’agenda', 'Projets soutenus', 'Carte'],
    expect.stringMatching(/^1\. Maison des Alpes/),
  ]);
  await number.focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/lieux\/maison-des-alpes-maritimes/);
});

test('the position is asked only on a click; a refusal leaves the field, and says so', async ({ page, context }) => {
  const addresses = asked(page);
  await page.goto('/autour-de-moi');
  await hydrated(page);
  await page.getByRole('button', { name: 'Chercher où je suis' }).click();
  await expect(page.getByText(/Votre position n’a pas pu être trouvée/)).toBeVisible();
  await context.grantPermissions(['geolocation']);
  await context.setGeolocation({ latitude: 43.68421, longitude: 7.21537 });
  await page.getByRole('button', { name: 'Chercher où je suis' }).click();
  await expect(page).toHaveURL(/near=43\.684%2C7\.215|near=43\.684,7\.215/);
  await expect(page.getByText(/autour de votre position/)).toBeVisible();
  expect(addresses.join()).not.toContain('43.68421');
});

test('a sheet for a family stays in the fragment: nothing of it is sent', async ({ page, context }) => {
  await page.goto('/autour-de-moi/fiche?code=06088');
  await hydrated(page);
  const addresses = asked(page);
  await page.getByRole('checkbox').first().check();
  await page.getByRole('textbox', { name: 'Un mot pour la famille' }).fill('À jeudi, avec confiance');
  await page.getByRole('button', { name: 'Faire la fiche' }).click();
  await expect(page.getByRole('img', { name: 'Le code à flasher' })).toBeVisible();
  const url = new URL(page.url());
  expect(url.hash.length).toBeGreaterThan(20);
  expect(addresses.every((address) => !address.includes(url.hash.slice(1)))).toBe(true);

  const phone = await context.newPage();
  await phone.goto(`${url.origin}${url.pathname}${url.hash}`);
  await expect(phone.getByText('À jeudi, avec confiance')).toBeVisible();
  await expect(phone.getByRole('link', { name: /Maison des Alpes-Maritimes/ })).toBeVisible();
});

test('a département is kept, then searched with the network off', async ({ page, context }) => {
  await page.goto('/autour-de-moi/hors-ligne?departement=06');
  await hydrated(page);
  await page.getByRole('button', { name: 'Garder ce département' }).click();
  await expect(page.getByRole('heading', { name: 'Alpes-Maritimes (06)' })).toBeVisible();
  await context.setOffline(true);
  await page.getByRole('searchbox', { name: 'Que cherchez-vous' }).fill('maison premiers jour');
  await page.getByRole('button', { name: 'Chercher', exact: true }).click();
  await expect(page.getByRole('link', { name: /Maison des Alpes-Maritimes/ })).toBeVisible();
  // Its page is not there without network: who to call is.
  await expect(page.getByRole('link', { name: '04 89 04 58 40' })).toBeVisible();
  await page.getByRole('button', { name: 'L’effacer de cet appareil' }).click();
  await expect(page.getByRole('heading', { name: 'Alpes-Maritimes (06)' })).toBeHidden();
});

test('a kept département opens cold without network, and is searched', async ({ page, context }) => {
  await page.goto('/autour-de-moi/hors-ligne?departement=06');
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await hydrated(page);
  await page.getByRole('button', { name: 'Garder ce département' }).click();
  await expect(page.getByRole('heading', { name: 'Alpes-Maritimes (06)' })).toBeVisible();
  await page.close();
  await context.setOffline(true);
  for (const address of ['/autour-de-moi/hors-ligne', '/autour-de-moi/hors-ligne?departement=06']) {
    const later = await context.newPage();
    await later.goto(address);
    await expect(later.getByText(/Alpes-Maritimes.*gardé le/)).toBeVisible();
    await later.getByRole('searchbox', { name: 'Que cherchez-vous' }).fill('maison');
    await later.getByRole('button', { name: 'Chercher', exact: true }).click();
    await expect(later.getByRole('link', { name: /Maison des Alpes-Maritimes/ })).toBeVisible();
    await later.close();
  }
});

test('the projects of the territories are another layer of the map, shown when asked for', async ({ page }) => {
  await page.goto('/autour-de-moi?code=35238');
  await hydrated(page);
  await page.getByRole('button', { name: 'Ouvrir la carte' }).click();
  const map = page.getByRole('region', { name: /Carte des lieux/ });
  await expect(map.locator('canvas')).toBeVisible();
  // Far enough for those of the region to be in sight.
  for (let step = 0; step < 4; step += 1) await map.getByRole('button', { name: 'Réduire' }).click();
  const projects = page.getByRole('checkbox', { name: 'Projets soutenus' });
  await expect(projects).not.toBeChecked();
  await expect.poll(() => sageIn(page, map)).toBe(0);
  await projects.check();
  await expect.poll(() => sageIn(page, map)).toBeGreaterThan(20);
  await projects.uncheck();
  await expect.poll(() => sageIn(page, map)).toBe(0);
  await page.getByRole('checkbox', { name: 'Lieux et services' }).uncheck();
  await expect(map.getByRole('link', { name: /^1\. / })).toBeVisible();
});

/** How many points of the map have the colour of a project's edge. */
const sageIn = async (page: Page, map: Locator): Promise<number> => {
  const picture = (await map.screenshot()).toString('base64');
  return page.evaluate(async (base64) => {
    const token = getComputedStyle(document.documentElement).getPropertyValue('--sage').trim();
    const canvas = document.createElement('canvas');
    const image = new Image();
    image.src = `data:image/png;base64,${base64}`;
    await image.decode();
    [canvas.width, canvas.height] = [image.width, image.height];
    const context = canvas.getContext('2d');
    if (!context) return -1;
    context.fillStyle = token;
    context.fillRect(0, 0, 1, 1);
    const sage = context.getImageData(0, 0, 1, 1).data;
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
    let count = 0;
    for (let at = 0; at < data.length; at += 4) {
      if ([0, 1, 2].every((part) => Math.abs((data[at + part] ?? 0) - (sage[part] ?? 0)) <= 2)) count += 1;
    }
    return count;
  }, picture);
};

test.describe('on paper', () => {
  /** Points of a page (72 an inch), and how many pages. */
  const printed = async (page: Page): Promise<{ width: number; height: number; pages: number }> => {
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    const [, width, height] = /\/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)/.exec(pdf) ?? [];
    const pages = [...pdf.matchAll(/\/Type\s*\/Page\b/g)].length;
    return { width: Math.floor(Number(width)), height: Math.floor(Number(height)), pages };
  };

  test('the list is an A4 page, also in large letters', async ({ page }) => {
    await page.goto('/autour-de-moi/liste?code=06088');
    expect(await printed(page)).toEqual({ width: 594, height: 841, pages: 1 });
    await page.getByRole('link', { name: 'Grands caractères' }).click();
    await page.emulateMedia({ media: 'print' });
    const size = (selector: string) =>
      page
        .locator(selector)
        .first()
        .evaluate((element) => Number.parseFloat(getComputedStyle(element).fontSize));
    // 18 points, what is asked of large print, are 24 pixels.
    expect(await size('ol li p')).toBeGreaterThanOrEqual(24);
    expect(await size('ol li h2')).toBeGreaterThanOrEqual(24);
    for (const name of ['Quitter vite', 'Imprimer', 'Caractères normaux']) {
      await expect(page.getByText(name, { exact: true }).first()).toBeHidden();
    }
    await expect(page.getByText('04 89 04 58 40')).toBeVisible();
    expect(await printed(page)).toMatchObject({ width: 594, height: 841 });
  });

  test('a sheet is one A5 page; nothing of it is stored on the device', async ({ page, context }) => {
    await page.goto('/autour-de-moi/fiche?code=06088');
    await hydrated(page);
    const stored = () =>
      page.evaluate(async () => ({
        local: { ...localStorage },
        session: { ...sessionStorage },
        databases: (await indexedDB.databases()).map(({ name }) => name),
      }));
    const before = await stored();
    await page.getByRole('checkbox').first().check();
    await page.getByRole('textbox', { name: 'Un mot pour la famille' }).fill('À jeudi');
    await page.getByRole('button', { name: 'Faire la fiche' }).click();
    await expect(page.getByRole('img', { name: 'Le code à flasher' })).toBeVisible();
    expect(await printed(page)).toEqual({ width: 420, height: 594, pages: 1 });
    expect(await stored()).toEqual(before);
    expect(await context.cookies()).toEqual([]);
  });

  test('a sheet as full as can be is one A5 page too', async ({ page }) => {
    const place = {
      title: 'Maison des parents et des familles de la communauté de communes du Val d’Ille',
      detail: 'Maison des parents ou des familles · Saint-Aubin-du-Cormier',
      address: '12 bis boulevard de la Libération 35140 Saint-Aubin-du-Cormier',
      phone: '02 99 00 00 00',
      href: '/lieux/maison',
    };
    const sheet = { word: 'Vous pouvez y aller sans rendez-vous. '.repeat(10), places: Array(6).fill(place) };
    await page.goto(`/autour-de-moi/fiche#${await writeSheet(sheet)}`);
    await expect(page.getByRole('img', { name: 'Le code à flasher' })).toBeVisible();
    await expect(page.getByRole('heading', { name: /^Maison des parents/ })).toHaveCount(6);
    expect(await printed(page)).toEqual({ width: 420, height: 594, pages: 1 });
  });
});
