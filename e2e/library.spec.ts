import { expect, type Page, test } from '@playwright/test';
import { faultsOf } from './sound.ts';

const phone = { viewport: { width: 360, height: 740 } };
const pages = [
  '/s-informer',
  '/s-informer?q=sommeil',
  '/s-informer?q=zzzz',
  '/articles/dormir-sur-le-dos',
  '/articles/pleurs?lecture=facile',
  '/livret',
  '/livret?moment=projet',
  '/l-essentiel',
  '/l-essentiel/8',
  '/l-essentiel/8?lecture=facile',
  '/ar/l-essentiel/10',
  '/uk/l-essentiel',
];

const ready = (page: Page) => page.locator('html[data-hydrated]').waitFor();

test.describe('on a phone', () => {
  test.use(phone);

  for (const colorScheme of ['light', 'dark'] as const)
    for (const address of pages)
      test(`${address} is accessible and does not overflow, ${colorScheme}`, async ({ page }) => {
        await page.emulateMedia({ colorScheme });
        await page.goto(address);
        expect(await faultsOf(page)).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
        await page.setViewportSize({ width: 320, height: 640 });
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
      });
});

test.describe('without JavaScript', () => {
  test.use({ ...phone, javaScriptEnabled: false });

  test('a search finds an article, which is read whole, then in easy French', async ({ page }) => {
    await page.goto('/s-informer');
    await page.getByLabel('Que cherchez-vous').fill('coucher bebe');
    await page.getByRole('button', { name: 'Voir les articles' }).click();
    await page.getByRole('link', { name: /Bébé dort sur le dos/ }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Bébé dort sur le dos');
    await expect(page.getByText('comparé le 21 novembre 2026').first()).toBeVisible();
    await expect(page.getByText('n’a pas encore été relu par un professionnel')).toBeVisible();
    await page.getByRole('link', { name: 'Facile à lire' }).click();
    await expect(page.getByText('Couchez votre enfant sur le dos.')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Écouter' })).toHaveCount(0);
  });

  test('a booklet of chosen articles is composed', async ({ page }) => {
    await page.goto('/livret');
    await page.getByRole('checkbox', { name: /Quand les pleurs durent/ }).check();
    await page.getByRole('button', { name: 'Composer mon livret' }).click();
    await expect(page.getByRole('heading', { level: 3, name: 'Quand les pleurs durent' })).toBeVisible();
    await expect(page.getByText('3114').first()).toBeVisible();
  });

  test('every message exists in every version', async ({ request }) => {
    for (const language of ['', '/en', '/ar', '/pt', '/es', '/tr', '/uk'])
      for (let number = 1; number <= 15; number++)
        expect((await request.get(`${language}/l-essentiel/${number}`)).status(), `${language} ${number}`).toBe(200);
    expect((await request.get('/l-essentiel/16')).status()).toBe(404);
  });
});

test('the words searched, the articles kept and the booklet chosen never leave the device', async ({ page }) => {
  const sent: string[] = [];
  page.on('request', (request) => sent.push(decodeURIComponent(request.url() + (request.postData() ?? ''))));
  await page.goto('/s-informer');
  await ready(page);
  await page.getByLabel('Que cherchez-vous').fill('fausse couche');
  await page.getByRole('button', { name: 'Voir les articles' }).click();
  await expect(page.getByRole('heading', { name: /pour « fausse couche »/ })).toBeVisible();
  await expect(page.locator('#resultats').getByRole('link').first()).toContainText('Vous avez perdu votre bébé');
  expect(sent.filter((url) => url.includes('fausse'))).toEqual([]);

  await page.goto('/articles/pleurs');
  await ready(page);
  await page.getByRole('button', { name: 'Garder' }).click();
  await expect(page.getByRole('button', { name: 'Gardé' })).toBeVisible();
  sent.length = 0;
  await page.goto('/s-informer');
  await ready(page);
  await expect(page.getByRole('heading', { name: 'Mes articles gardés' })).toBeVisible();
  await page.getByRole('link', { name: 'En faire un livret' }).click();
  await expect(page.getByRole('heading', { level: 3, name: 'Quand les pleurs durent' })).toBeVisible();
  await page.goto('/livret');
  await ready(page);
  await page
    .getByRole('checkbox', { name: /Vaccins|vaccins/ })
    .first()
    .check();
  await page.getByRole('button', { name: 'Composer mon livret' }).click();
  await expect(page.getByRole('heading', { level: 3, name: 'Les vaccins de votre enfant' })).toBeVisible();
  expect(sent.filter((url) => /pleurs|vaccins/.test(url.split('#')[0] ?? ''))).toEqual([]);
});

test('a search goes on without network once the articles are here, and says so when they are not', async ({ page }) => {
  await page.goto('/s-informer');
  await ready(page);
  const search = async (words: string) => {
    await page.getByLabel('Que cherchez-vous').fill(words);
    await page.getByRole('button', { name: 'Voir les articles' }).click();
  };
  await page.context().setOffline(true);
  await search('crèche');
  await expect(page.getByRole('status').filter({ hasText: 'La recherche n’a pas pu se faire' })).toBeVisible();
  await page.context().setOffline(false);
  await search('crèche');
  await expect(page.getByRole('heading', { name: /pour « crèche »/ })).toBeVisible();
  await page.context().setOffline(true);
  await search('vaccin');
  await expect(page.getByRole('heading', { name: /pour « vaccin »/ })).toBeVisible();
  await page.getByLabel('Que cherchez-vous').fill('');
  await page.getByLabel('Sujet').selectOption('Nourrir');
  await page.getByLabel('Moment').selectOption('Pendant la grossesse');
  await page.getByRole('button', { name: 'Voir les articles' }).click();
  await expect(page.locator('#resultats').getByRole('link', { name: /Allaiter/ })).toBeVisible();
  await expect(page.locator('#resultats').getByRole('link', { name: /Les premiers aliments/ })).toHaveCount(0);
});

test('a message of L’essentiel prints on one sheet, in every script', async ({ page }) => {
  for (const address of [
    '/l-essentiel/11',
    '/l-essentiel/11?lecture=facile',
    '/ar/l-essentiel/11',
    '/uk/l-essentiel/11',
  ]) {
    await page.goto(address);
    const pdf = await page.pdf({ format: 'A4' });
    expect(pdf.toString('latin1').match(/\/Type\s*\/Page[^s]/g), address).toHaveLength(1);
  }
});

test('reads aloud only with a voice of the device', async ({ page }) => {
  const speak = (local: boolean) =>
    page.addInitScript((localService) => {
      const voices = [{ lang: 'fr-FR', name: 'essai', localService, default: true, voiceURI: 'essai' }];
      Object.defineProperty(globalThis, 'speechSynthesis', {
        value: {
          getVoices: () => voices,
          addEventListener: () => {},
          cancel: () => {},
          speak: (utterance: { text: string; onend?: () => void }) => {
            document.title = utterance.text;
          },
        },
      });
      Object.defineProperty(globalThis, 'SpeechSynthesisUtterance', {
        value: class {
          text: string;
          constructor(text: string) {
            this.text = text;
          }
        },
      });
    }, local);
  await speak(true);
  await page.goto('/l-essentiel/8');
  await page.getByRole('button', { name: 'Écouter' }).click();
  await expect(page).toHaveTitle('Bébé dort sur le dos');
  await expect(page.getByRole('button', { name: 'Arrêter' })).toBeVisible();
  await speak(false);
  await page.goto('/l-essentiel/8');
  await ready(page);
  await expect(page.getByRole('button', { name: 'Imprimer' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Écouter' })).toHaveCount(0);
});
