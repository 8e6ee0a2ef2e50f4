import { expect, test } from '@playwright/test';
import { hydrated } from './pages.ts';

test('what is typed before the script comes stays, and the field then proposes', async ({ page }) => {
  await page.route('**/page-projects.js*', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    await route.continue();
  });
  await page.goto('/initiatives', { waitUntil: 'commit' });
  await page.locator('summary', { hasText: 'Choisir un lieu' }).click();
  const field = page.locator('[name=near]');
  await field.fill('renn');
  await field.evaluate((input) => {
    input.dataset.drawnBy = 'server';
  });
  await hydrated(page);
  await expect(field).toHaveValue('renn');
  await expect(field).toHaveAttribute('data-drawn-by', 'server');
  await field.press('e');
  await expect(page.getByRole('option').first()).toContainText('Rennes');
});

const woken = ['/initiatives', '/s-informer', '/livret', '/articles/dormir-sur-le-dos', '/l-essentiel/1', '/depistage'];
for (const address of woken) {
  test(`${address} wakes without a word in the console`, async ({ page }) => {
    const said: string[] = [];
    page.on('console', (message) => said.push(message.text()));
    page.on('pageerror', (error) => said.push(error.message));
    await page.goto(address);
    await hydrated(page);
    expect(said).toEqual([]);
  });
}
