import { expect, test } from '@playwright/test';
import { fitsInWidth } from './pages.ts';
import { faultsOf } from './sound.ts';

test.describe('writing to the team, without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('what was typed is kept when something is missing; once sent, it waits in the outbox', async ({ page }) => {
    const text = `Bonjour, le bus est-il passé ? ${Date.now()}`;
    await page.goto('/contact');
    await page.locator('[name=text]').fill(text);
    await page.getByRole('button', { name: /Envoyer/ }).click();
    await expect(page.getByRole('alert')).toBeVisible();
    await expect(page.locator('[name=text]')).toHaveValue(text);

    await page
      .locator('label')
      .filter({ has: page.locator('[name=subject]') })
      .first()
      .click();
    await page.getByRole('button', { name: /Envoyer/ }).click();
    await expect(page).toHaveURL(/\/contact\/merci$/);

    await page.goto('/exploitation/courrier');
    await page.locator('table a').first().click();
    await expect(page.locator('main')).toContainText(text);
  });
});

for (const address of ['/exploitation', '/exploitation/courrier', '/exploitation/signalements']) {
  test(`${address}: axe finds nothing, and it fits in 320 px`, async ({ page }) => {
    await page.goto(address);
    expect(await faultsOf(page)).toEqual([]);
    await page.setViewportSize({ width: 320, height: 256 });
    expect(await fitsInWidth(page)).toBe(true);
  });
}
