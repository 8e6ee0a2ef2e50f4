import { expect, test } from '@playwright/test';
import { faultsOf } from './sound.ts';

test('a commune is found with the keyboard, and its page leads to what is around it', async ({ page }) => {
  await page.goto('/territoires');
  await page.waitForSelector('html[data-hydrated]');
  await page.getByRole('combobox').fill('st mal');
  await expect(page.getByRole('option').first()).toContainText('Saint-Malo');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/territoires\/communes\/35288$/);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Saint-Malo');
  await page.getByRole('link', { name: 'Bretagne' }).first().click();
  await expect(page.getByRole('heading', { level: 2 }).first()).toHaveText('Projets en Bretagne');
});

test('a former code leads to the commune of today, and says so', async ({ page }) => {
  await page.goto('/territoires/communes/50602');
  await expect(page).toHaveURL('/territoires/communes/50129?ancienne=50602');
  await expect(
    page.getByText('Tourlaville (code 50602) fait aujourd’hui partie de Cherbourg-en-Cotentin.'),
  ).toBeVisible();
});

test('a territory that does not exist is not found, in French', async ({ page }) => {
  for (const address of ['communes/99999', 'departements/20', 'pays/FR']) {
    const response = await page.goto(`/territoires/${address}`);
    expect(response?.status()).toBe(404);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Cette page n’existe pas');
  }
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('a commune is found from the list of France and from its département', async ({ page }) => {
    await page.goto('/territoires');
    await page.getByRole('textbox').fill('tourlaville');
    await page.getByRole('button', { name: 'Chercher' }).click();
    await page.getByRole('link', { name: /Cherbourg-en-Cotentin/ }).click();
    await page.getByRole('link', { name: 'Manche' }).first().click();
    await page.getByLabel(/Nom ou code postal/).fill('50100');
    await page.getByRole('button', { name: 'Chercher la commune' }).click();
    await expect(page.getByRole('link', { name: /^Cherbourg-en-Cotentin/ })).toBeVisible();
  });
});

for (const address of [
  '/territoires',
  '/territoires?q=tourlav',
  '/territoires/regions/53',
  '/territoires/departements/35?page=2',
  '/territoires/epci/243500139',
  '/territoires/communes/97411',
]) {
  test(`${address} passes axe at phone size, and nothing overflows`, async ({ page }) => {
    await page.setViewportSize({ width: 320, height: 700 });
    await page.goto(address);
    expect(await faultsOf(page)).toEqual([]);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
  });
}
