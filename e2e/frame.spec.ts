import { expect, test } from '@playwright/test';
import { pages } from './pages.ts';

test('four sections, from any page, and the one where one is', async ({ page }) => {
  await page.goto('/mon-parcours');
  const sections = page.getByRole('navigation', { name: 'Rubriques' });
  await expect(sections.getByRole('link')).toHaveText(['Mon parcours', 'Autour de moi', 'S’informer', 'Aide']);
  await expect(sections.getByRole('link', { name: 'Mon parcours' })).toHaveAttribute('aria-current', 'page');
  await sections.getByRole('link', { name: 'Aide' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('De l’aide, maintenant');
});

test('with the keyboard: straight to the content, every stop is seen, nothing traps', async ({ page }) => {
  await page.goto('/aide');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Aller au contenu' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('main')).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: /Samu/ })).toBeFocused();

  await page.goto('/');
  const seen = new Set<string>();
  for (let stop = 0; stop < 60; stop += 1) {
    await page.keyboard.press('Tab');
    const focus = await page.evaluate(() => {
      const element = document.activeElement;
      if (!element || element === document.body) return undefined;
      const style = getComputedStyle(element);
      const box = element.getBoundingClientRect();
      return {
        name: `${element.tagName} ${element.getAttribute('href') ?? ''} ${element.textContent?.trim().slice(0, 40)}`,
        outlined: style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) >= 2,
        visible: box.width > 0 && box.bottom > 0 && box.top < innerHeight,
      };
    });
    if (!focus) break;
    expect(focus, focus.name).toMatchObject({ outlined: true, visible: true });
    seen.add(focus.name);
  }
  expect(seen.size).toBeGreaterThan(15);
});

test('what has the focus is never under the bar of sections', async ({ page }) => {
  await page.goto('/aide');
  for (let stop = 0; stop < 40; stop += 1) {
    await page.keyboard.press('Tab');
    const covered = await page.evaluate(() => {
      const element = document.activeElement;
      if (!element || element === document.body || element.closest('nav')) return undefined;
      const bar = document.querySelector('nav.sections')?.getBoundingClientRect();
      const box = element.getBoundingClientRect();
      return bar && box.top >= bar.top && box.bottom <= innerHeight ? element.outerHTML.slice(0, 120) : undefined;
    });
    expect(covered).toBeUndefined();
  }
});

test('targets of the frame are 44 px at least', async ({ page }) => {
  await page.goto('/');
  const small = await page.evaluate(() =>
    [...document.querySelectorAll('header a, header summary, footer a, main a')]
      .map((element) => ({ name: element.textContent?.trim(), box: element.getBoundingClientRect() }))
      .filter(({ box }) => box.height > 0 && (box.height < 44 || box.width < 44))
      .map(({ name }) => name),
  );
  expect(small).toEqual([]);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  for (const address of pages) {
    test(`${address} can be read, walked on from, and left`, async ({ page }) => {
      await page.goto(address);
      await expect(page.locator('h1')).toBeVisible();
      const { text, ways, mute } = await page.locator('main').evaluate((main: HTMLElement) => ({
        text: main.innerText.length,
        ways: main.querySelectorAll('a[href], form').length,
        // A form that only a script could send.
        mute: [...main.querySelectorAll('form:not(.needs-script)')].filter(
          (form) => !form.querySelector('button:not([type]), button[type=submit], input[type=submit]'),
        ).length,
      }));
      // The shortest says that there is nothing here, and what to do.
      expect(text).toBeGreaterThan(100);
      expect(ways).toBeGreaterThan(0);
      expect(mute).toBe(0);
      await expect(
        page.getByRole('link', { name: 'Quitter vite' }).or(page.locator('[data-quick-exit]')),
      ).toBeVisible();
    });
  }

  test('a commune is found, chosen among several, and leads to its projects', async ({ page }) => {
    await page.goto('/autour-de-moi');
    await page.getByLabel('Où cherchez-vous').fill('saint denis');
    await page.getByRole('button', { name: 'Voir ce qui existe' }).click();
    await expect(page.getByRole('heading', { name: 'De quelle commune s’agit-il' })).toBeVisible();
    await page.getByRole('link', { name: /Saint-Denis La Réunion/ }).click();
    await expect(page).toHaveTitle(/^Saint-Denis/);
    await page.getByRole('link', { name: /Tous les projets autour/ }).click();
    await expect(page).toHaveURL(/\/initiatives\?near=97411/);
  });

  test('the languages open', async ({ page }) => {
    await page.goto('/aide');
    await page.locator('header details summary').click();
    await page.getByRole('link', { name: 'العربية' }).click();
    await expect(page).toHaveURL(/\/ar\/aide$/);
  });
});

test.describe('languages', () => {
  test('Arabic reads from right to left, telephone numbers do not', async ({ page }) => {
    await page.goto('/ar/aide');
    await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
    await expect(page.locator('html')).toHaveAttribute('lang', 'ar');
    const brand = await page.locator('header .brand').boundingBox();
    const exit = await page.locator('[data-quick-exit]').boundingBox();
    expect(brand?.x ?? 0).toBeGreaterThan(exit?.x ?? 0);
    await expect(page.locator('a[href="tel:3114"] strong').first()).toHaveCSS('direction', 'ltr');
    await expect(page.getByText('الصفحة الفرنسية هي المرجع')).toBeVisible();
  });

  test('a translated page tells search engines about the others', async ({ page }) => {
    await page.goto('/aide');
    const hrefs = await page
      .locator('link[rel=alternate]')
      .evaluateAll((links) =>
        links.map((link) => [link.getAttribute('hreflang'), new URL(link.getAttribute('href') ?? '').pathname]),
      );
    expect(hrefs).toEqual(
      expect.arrayContaining([
        ['fr', '/aide'],
        ['en', '/en/aide'],
        ['ar', '/ar/aide'],
        ['x-default', '/aide'],
      ]),
    );
  });

  test('a page without translation is not found under a foreign address, and offers no language', async ({ page }) => {
    expect((await page.goto('/en/confidentialite'))?.status()).toBe(404);
    await page.goto('/confidentialite');
    await expect(page.locator('header details')).toHaveCount(0);
  });
});

test('an address that does not exist says so, and what to do', async ({ page }) => {
  const answer = await page.goto('/cette-page-n-existe-pas');
  expect(answer?.status()).toBe(404);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Cette page n’existe pas');
  await page.getByRole('link', { name: 'Voir le plan du site' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Plan du site');
});

test('every link of the home page and of the site map leads somewhere', async ({ page, request }) => {
  const addresses = new Set<string>();
  for (const address of ['/', '/en', '/ar', '/plan-du-site']) {
    await page.goto(address);
    const hrefs = await page
      .locator('a[href^="/"]')
      .evaluateAll((links) => links.map((link) => link.getAttribute('href')));
    for (const href of hrefs) addresses.add((href ?? '').split('#')[0] ?? '');
  }
  for (const address of addresses) expect((await request.get(address)).status(), address).toBe(200);
});

test('on paper, the frame goes and the numbers stay', async ({ page }) => {
  await page.emulateMedia({ media: 'print' });
  await page.goto('/aide');
  await expect(page.getByRole('navigation', { name: 'Rubriques' })).toBeHidden();
  await expect(page.locator('[data-quick-exit]')).toBeHidden();
  await expect(page.getByText('3114').first()).toBeVisible();
});

test('no page asks anything of another site', async ({ page, baseURL }) => {
  const elsewhere: string[] = [];
  page.on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    if (protocol.startsWith('http') && origin !== new URL(baseURL ?? '').origin) elsewhere.push(request.url());
  });
  for (const address of pages) await page.goto(address);
  expect(elsewhere).toEqual([]);
});
