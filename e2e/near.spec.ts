import { gzipSync } from 'node:zlib';
import { expect, type Page, test } from '@playwright/test';
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
  const origin = new URL(page.url()).origin;
  expect(addresses.filter((address) => !address.startsWith(origin) && !/^(data|blob):/.test(address))).toEqual([]);
  const bytes = (await Promise.all(weights)).reduce((sum, weight) => sum + weight, 0);
  expect(bytes / 1000).toBeLessThan(MAP_BUDGET_KB);
  await page.getByRole('button', { name: 'Fermer la carte' }).click();
  await expect(map).toBeHidden();
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
  await expect(page.getByRole('heading', { name: /Alpes-Maritimes/ })).toBeVisible();
  await context.setOffline(true);
  await page.getByRole('searchbox', { name: 'Que cherchez-vous' }).fill('maison premiers jour');
  await page.getByRole('button', { name: 'Chercher', exact: true }).click();
  await expect(page.getByRole('link', { name: /Maison des Alpes-Maritimes/ })).toBeVisible();
  await page.getByRole('button', { name: 'L’effacer de cet appareil' }).click();
  await expect(page.getByRole('heading', { name: /Alpes-Maritimes/ })).toBeHidden();
});

test('the list is printed on A4, a sheet on A5', async ({ page }) => {
  const sizeOf = async (address: string): Promise<string | undefined> => {
    await page.goto(address);
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    return /\/MediaBox\s*\[0 0 (\d+)/.exec(pdf)?.[1];
  };
  expect(await sizeOf('/autour-de-moi/liste?code=06088')).toBe('594');
  expect(await sizeOf('/autour-de-moi/fiche?code=06088')).toBe('420');
});
