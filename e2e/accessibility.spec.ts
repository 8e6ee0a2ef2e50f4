import { expect, test } from '@playwright/test';
import { fitsInWidth, pages } from './pages.ts';
import { faultsOf } from './sound.ts';

test('the components are shown to who builds pages', async ({ page }) => {
  expect((await page.goto('/composants'))?.status(), 'MILLE_JOURS_COMPOSANTS=1').toBe(200);
});

// One visit for all four, as there are many pages: each is loaded once.
for (const address of [...pages, '/composants']) {
  test(`${address}: axe finds nothing in light nor dark, one h1, and it fits in 320 px as at 400 %`, async ({
    page,
  }) => {
    await page.setViewportSize({ width: 360, height: 740 });
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    await page.goto(address);
    await expect(page.locator('h1')).toHaveCount(1);
    expect(await faultsOf(page), 'light').toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await faultsOf(page), 'dark').toEqual([]);
    await page.setViewportSize({ width: 320, height: 256 });
    expect(await fitsInWidth(page), '320 px').toBe(true);
  });
}

test('each page has a title of its own, and says where one is', async ({ request }) => {
  const titles = new Map<string, Set<string>>();
  for (const address of pages) {
    const html = await (await request.get(address)).text();
    const title = /<title>([^<]+)<\/title>/.exec(html)?.[1] ?? '';
    expect(title, address).toMatch(/^.{3,} · Mille jours$|^Mille jours.{3,}$/);
    // The same page with another search or another choice may keep its name.
    titles.set(title, (titles.get(title) ?? new Set()).add(address.replace(/\?.*/, '')));
  }
  expect([...titles].filter(([, shown]) => shown.size > 1)).toEqual([]);
});

test('text twice as large still fits on a phone', async ({ page }) => {
  for (const address of ['/', '/aide', '/autour-de-moi']) {
    await page.goto(address);
    await page.evaluate(() => {
      document.documentElement.style.fontSize = '200%';
    });
    expect(await fitsInWidth(page), address).toBe(true);
  }
});

test('with forced colours, the help page keeps its edges', async ({ browser, baseURL }, info) => {
  const context = await browser.newContext({
    forcedColors: 'active',
    viewport: { width: 360, height: 740 },
    ...(baseURL ? { baseURL } : {}),
  });
  const page = await context.newPage();
  await page.goto('/aide');
  const border = await page
    .getByRole('link', { name: /Appeler le Samu/ })
    .evaluate((link) => getComputedStyle(link).borderTopStyle);
  expect(border).toBe('solid');
  await page.screenshot({ path: info.outputPath('aide-couleurs-forcees.png'), fullPage: true });
  await context.close();
});

test('with reduced motion, nothing moves', async ({ browser, baseURL }) => {
  const context = await browser.newContext({ reducedMotion: 'reduce', ...(baseURL ? { baseURL } : {}) });
  const page = await context.newPage();
  await page.goto('/');
  const durations = await page.evaluate(() =>
    [...document.querySelectorAll('a, button, summary')].map((element) => getComputedStyle(element).transitionDuration),
  );
  expect(new Set(durations)).toEqual(new Set(['0s']));
  await context.close();
});
