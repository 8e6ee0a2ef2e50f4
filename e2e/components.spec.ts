import { expect, test } from '@playwright/test';
import { hydrated } from './pages.ts';

test.describe('the field that proposes communes', () => {
  test('with the keyboard: arrows, Enter, and the commune’s page of things', async ({ page }) => {
    await page.goto('/autour-de-moi');
    await hydrated(page);
    const field = page.getByRole('combobox', { name: 'Où cherchez-vous' });
    await expect(field).toHaveAttribute('aria-expanded', 'false');
    await field.pressSequentially('rennes', { delay: 20 });
    await expect(page.getByRole('listbox')).toBeVisible();
    await expect(field).toHaveAttribute('aria-expanded', 'true');
    await field.press('ArrowDown');
    const first = page.getByRole('option').first();
    await expect(first).toHaveAttribute('aria-selected', 'true');
    await expect(field).toHaveAttribute('aria-activedescendant', (await first.getAttribute('id')) ?? '');
    await field.press('Enter');
    await expect(page).toHaveURL(/code=35238/);
    await expect(page).toHaveTitle(/^Rennes/);
  });

  test('Escape closes and keeps the text; typing again forgets the code', async ({ page }) => {
    await page.goto('/initiatives');
    await hydrated(page);
    await page.locator('summary', { hasText: 'Choisir un lieu' }).click();
    const field = page.getByRole('combobox', { name: 'Près de quelle commune' });
    const code = page.locator('input[name=commune]');
    await field.pressSequentially('loud', { delay: 20 });
    // Not just any option: the page has lists of its own.
    await page.locator('#near-liste').getByRole('option').first().click();
    await expect(code).not.toHaveValue('');
    await field.press('End');
    await field.pressSequentially('x');
    await expect(code).toHaveValue('');
    await field.fill('lou');
    await expect(page.locator('#near-liste')).toBeVisible();
    await field.press('Escape');
    await expect(page.locator('#near-liste')).toBeHidden();
    await expect(field).toHaveValue('lou');
  });

  test('what is typed before the page wakes up survives', async ({ page }) => {
    let wake: () => void = () => undefined;
    const asleep = new Promise<void>((resolve) => {
      wake = resolve;
    });
    await page.route(/\.(js|ts|svelte)(\?|$)/, async (route) => {
      await asleep;
      await route.continue();
    });
    await page.goto('/autour-de-moi', { waitUntil: 'commit' });
    const field = page.locator('#commune');
    await field.fill('Loudéac');
    wake();
    await hydrated(page);
    await expect(field).toHaveValue('Loudéac');
  });

  test('a network that fails says nothing and stops nobody', async ({ page }) => {
    await page.route('**/api/v1/communes**', (route) => route.abort());
    await page.goto('/autour-de-moi');
    await hydrated(page);
    const field = page.getByRole('combobox');
    await field.fill('35000');
    await field.press('Enter');
    await expect(page).toHaveURL(/commune=35000/);
    await expect(page).toHaveTitle(/^Rennes/);
  });
});
