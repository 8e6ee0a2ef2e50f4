import { expect, type Page, test } from '@playwright/test';

/** The neutral page, served for the tests on another port of this machine. */
const neutral = process.env.E2E_QUICK_EXIT_URL ?? '';

const leave = (page: Page) => page.locator('[data-quick-exit]').click();

test.beforeAll(() => {
  expect(neutral, 'E2E_QUICK_EXIT_URL: where « Quitter vite » goes').not.toBe('');
});

test('leaves at once, and going back in the tab does not show us', async ({ page }) => {
  await page.goto('/');
  await page.goto('/autour-de-moi');
  await page.goto('/aide');
  await leave(page);
  await expect(page).toHaveURL(neutral);

  for (let step = 0; step < 2; step += 1) {
    await page.goBack().catch(() => null);
    await expect(page).toHaveURL(neutral);
  }
});

test('a page that the browser kept whole in memory is replaced too', async ({ page }) => {
  await page.goto('/');
  await page
    .getByRole('link', { name: /Mon parcours/ })
    .first()
    .click();
  await page.waitForURL('**/mon-parcours');
  await leave(page);
  await expect(page).toHaveURL(neutral);
  await page.goBack().catch(() => null);
  await expect(page).toHaveURL(neutral);
});

test('another address of ours in the same tab leads away, a new tab does not', async ({ page, context }) => {
  await page.goto('/aide');
  await leave(page);
  await expect(page).toHaveURL(neutral);
  await page.goto('/mon-parcours').catch(() => null);
  await expect(page).toHaveURL(neutral);

  const other = await context.newPage();
  await other.goto('/mon-parcours');
  await expect(other.getByRole('heading', { level: 1 })).toBeVisible();
});

test('the page is hidden before the neutral one arrives', async ({ page }) => {
  await page.goto('/aide');
  const display = await page.evaluate(() => {
    document.querySelector<HTMLAnchorElement>('[data-quick-exit]')?.click();
    return getComputedStyle(document.documentElement).display;
  });
  expect(display).toBe('none');
});

test('the neutral page is not told where the visit comes from', async ({ page }) => {
  await page.goto('/aide');
  const request = page.waitForRequest((asked) => asked.url() === neutral);
  await leave(page);
  expect((await request).headers().referer).toBeUndefined();
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('it is a plain link', async ({ page }) => {
    await page.goto('/aide');
    await leave(page);
    await expect(page).toHaveURL(neutral);
  });
});
