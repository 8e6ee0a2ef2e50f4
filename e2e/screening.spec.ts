import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type BrowserContext, expect, type Page, type Request, test } from '@playwright/test';
import { faultsOf } from './sound.ts';

test.use({ viewport: { width: 360, height: 740 } });

/** Opens the questionnaire and waits until it can be used. */
const open = async (page: Page, address = '/depistage'): Promise<void> => {
  await page.goto(address, { waitUntil: 'networkidle' });
  await expect(page.locator('html[data-hydrated]')).toBeAttached();
};

/** Answers every question with the answer of a rank (1 to 4), but for those given. `0` passes the question. */
const answer = async (page: Page, rank: number, more: Record<number, number> = {}): Promise<void> => {
  for (let item = 1; item <= 10; item += 1) {
    await expect(page.locator(`input[name="item-${item}"]`).first()).toBeVisible();
    const chosen = more[item] ?? rank;
    if (chosen === 0) await page.locator('button.skip').click();
    else {
      await page
        .locator(`input[name="item-${item}"]`)
        .nth(chosen - 1)
        .check();
      await page.locator('form button[type=submit]').click();
    }
  }
};

const start = (page: Page): Promise<void> => page.locator('form.needs-script button[type=submit]').click();

/** Every request from now on, of the page and of its workers. */
const record = (context: BrowserContext): string[] => {
  const requests: string[] = [];
  context.on('request', (request: Request) => {
    if (!request.url().startsWith('blob:')) requests.push(`${request.method()} ${request.url()}`);
  });
  return requests;
};

const storedKeys = (page: Page) =>
  page.evaluate(async () => ({
    local: Object.keys(localStorage),
    databases: (await indexedDB.databases()).map(({ name }) => name),
    cookies: document.cookie,
    // SvelteKit's own places in the history hold the number of a screen, never an answer.
    session: JSON.stringify(Object.entries(sessionStorage)),
  }));

test('the whole questionnaire, its result and all that one can do with it, without one request', async ({
  page,
  context,
}) => {
  await open(page);
  // The site keeps its pages for when there is no network: that is done before the first answer is given.
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  const requests = record(context);
  await start(page);
  await answer(page, 1);
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await page.evaluate(() => {
    window.print = () => {};
  });
  await page.getByRole('button', { name: /Montrer mes réponses/ }).click();
  await page.getByRole('button', { name: 'Imprimer' }).click();
  await page.getByRole('button', { name: 'Revenir au résultat' }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: /Refaire le point/ }).click();
  expect((await download).suggestedFilename()).toBe('moment.ics');
  await page.getByRole('button', { name: /Garder mes réponses/ }).click();
  await page.getByLabel('Code, si vous en voulez un').fill('la mer bleue');
  await page.getByRole('button', { name: 'Garder', exact: true }).click();
  await expect(page.getByText('C’est gardé sur cet appareil.')).toBeVisible();
  await page.getByRole('button', { name: 'Les effacer' }).click();
  await page.getByRole('button', { name: 'Recommencer' }).click();
  await expect(page.getByRole('heading', { name: 'Faire le point sur mon moral' })).toBeVisible();
  await page.waitForTimeout(500);
  expect(requests).toEqual([]);
});

test('works to its end with the network off', async ({ page, context }) => {
  await open(page);
  await context.setOffline(true);
  await start(page);
  await answer(page, 1, { 10: 1 });
  await expect(page.getByRole('heading', { name: 'Merci de l’avoir dit' })).toBeVisible();
  await expect(page.locator('[data-block=crisis] a[href="tel:3114"]')).toBeVisible();
  await page.getByRole('button', { name: /Montrer mes réponses/ }).click();
  await expect(page.locator('[data-block=crisis] a[href="tel:3114"]')).toBeVisible();
});

test('once the site is kept on the device, help and the questionnaire open with the network off', async ({
  page,
  context,
}) => {
  await page.goto('/autour-de-moi');
  await page.evaluate(async () => {
    const { active } = await navigator.serviceWorker.ready;
    if (active && active.state !== 'activated') {
      await new Promise((resolve) => active.addEventListener('statechange', resolve, { once: true }));
    }
  });
  await page.reload({ waitUntil: 'networkidle' });
  await context.setOffline(true);
  await page.goto('/aide');
  await expect(page.locator('a[href="tel:3114"]').first()).toBeVisible();
  await page.goto('/depistage');
  await expect(page.locator('html[data-hydrated]')).toBeAttached();
  await start(page);
  await answer(page, 1);
  await expect(page.locator('[data-block=crisis]')).toBeVisible();
});

test.describe('item 10', () => {
  for (const [rank, crisis] of [
    [1, true],
    [2, true],
    [3, true],
    [4, false],
  ] as const) {
    test(`answer number ${rank} ${crisis ? 'shows' : 'does not show'} help first, when all the rest is well`, async ({
      page,
    }) => {
      await open(page);
      await start(page);
      // The answer worth 0 stands first in items 1, 2 and 4, last in the others.
      await answer(page, 4, { 1: 1, 2: 1, 4: 1, 10: rank });
      await expect(page.locator('[data-block=crisis]')).toHaveCount(crisis ? 1 : 0);
      const first = page.locator('[data-advice] > :first-child');
      if (crisis) await expect(first).toHaveAttribute('data-block', 'crisis');
      else await expect(page.getByRole('heading', { level: 1 })).toHaveText('Ça va plutôt bien, disent vos réponses');
    });
  }

  test('is heard when every other question was passed', async ({ page }) => {
    await open(page);
    await start(page);
    await answer(page, 0, { 10: 3 });
    await expect(page.locator('[data-block=crisis]')).toBeVisible();
  });

  test('stays heard after going back to correct another question', async ({ page }) => {
    await open(page);
    await start(page);
    await answer(page, 4, { 10: 2 });
    for (let back = 0; back < 2; back += 1) await page.goBack();
    await page.locator('input[name="item-9"]').nth(3).check();
    await page.locator('form button[type=submit]').click();
    await page.locator('form button[type=submit]').click();
    await expect(page.locator('[data-block=crisis]')).toBeVisible();
  });
});

test('nothing answered is never « I am well »', async ({ page }) => {
  await open(page);
  await start(page);
  await answer(page, 0);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Vous n’avez pas répondu');
  await expect(page.getByText('plutôt bien')).toHaveCount(0);
});

test('a question that has no answer asks for one, or to be passed', async ({ page }) => {
  await open(page);
  await start(page);
  await page.locator('form button[type=submit]').click();
  await expect(page.getByRole('status').filter({ hasText: 'passez la question' })).toBeVisible();
});

test('nothing is stored unless asked, and nothing of the answers is in the history', async ({ page }) => {
  await open(page);
  await start(page);
  await answer(page, 1);
  const stored = await storedKeys(page);
  expect(stored).toMatchObject({ local: [], databases: [], cookies: '' });
  expect(stored.session).not.toMatch(/answers|points|item/);
  expect(page.url()).toMatch(/\/depistage$/);
  expect(await page.evaluate(() => JSON.stringify(history.state))).not.toMatch(/answers|points|item/);
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Faire le point sur mon moral');
});

test('kept with a code, answers open with it alone, and are erased whole', async ({ page }) => {
  await open(page);
  await start(page);
  await answer(page, 4, { 10: 1 });
  await page.getByRole('button', { name: /Garder mes réponses/ }).click();
  await page.getByLabel('Code, si vous en voulez un').fill('123');
  await page.getByRole('button', { name: 'Garder', exact: true }).click();
  await expect(page.getByText('Le code compte au moins six caractères.')).toBeVisible();
  await page.getByLabel('Code, si vous en voulez un').fill('la mer bleue');
  await page.getByRole('button', { name: 'Garder', exact: true }).click();
  await expect(page.getByText('C’est gardé sur cet appareil.')).toBeVisible();
  await open(page);
  await expect(page.getByText('protégées par un code')).toBeVisible();
  await page.getByLabel('Code, si vous en voulez un').fill('la mer verte');
  await page.getByRole('button', { name: 'Les relire' }).click();
  await expect(page.getByText('Ce code n’ouvre pas.')).toBeVisible();
  await page.getByLabel('Code, si vous en voulez un').fill('la mer bleue');
  await page.getByRole('button', { name: 'Les relire' }).click();
  await expect(page.locator('[data-block=crisis]')).toBeVisible();
  await open(page);
  await page.getByRole('button', { name: 'Les effacer' }).click();
  await expect(page.getByText('C’est effacé de cet appareil.')).toBeVisible();
  expect((await storedKeys(page)).databases).toEqual([]);
});

test('with the keyboard alone', async ({ page }) => {
  await open(page);
  await page.getByRole('button', { name: 'Commencer' }).focus();
  await page.keyboard.press('Enter');
  for (let item = 1; item <= 10; item += 1) {
    await expect(page.locator('legend[tabindex]')).toBeFocused();
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
  }
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
});

test('on a telephone that does not know Temporal', async ({ page }) => {
  await page.addInitScript(() => {
    Reflect.deleteProperty(globalThis, 'Temporal');
  });
  await open(page);
  await start(page);
  await answer(page, 1);
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: /Refaire le point/ }).click();
  await download;
  await page.getByRole('button', { name: /Montrer mes réponses/ }).click();
  await expect(page.getByText(/^Rempli le /)).toBeVisible();
});

test.describe('axe finds nothing on any screen', () => {
  const clean = async (page: Page, where: string): Promise<void> => {
    expect(await faultsOf(page), where).toEqual([]);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(overflow, `${where} is wider than the telephone`).toBeLessThanOrEqual(0);
  };

  for (const [address, scheme] of [
    ['/depistage', 'light'],
    ['/depistage', 'dark'],
    ['/ar/depistage', 'light'],
    ['/depistage?lecture=facile', 'light'],
  ] as const) {
    test(`${address}, ${scheme}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
      await open(page, address);
      await clean(page, 'start');
      await start(page);
      for (let item = 1; item <= 10; item += 1) {
        await page.locator(`input[name="item-${item}"]`).nth(1).check();
        await clean(page, `question ${item}`);
        await page.locator('form button[type=submit]').click();
      }
      await clean(page, 'result');
      await page.locator('ul.no-print button').nth(2).click();
      await clean(page, 'keep');
      await page.locator('ul.no-print button').first().click();
      await clean(page, 'show');
    });
  }

  for (const address of [
    '/depistage/imprimer',
    '/depistage/professionnels',
    '/integrer',
    '/integrer/cadre/depistage',
  ]) {
    test(address, async ({ page }) => {
      await page.goto(address);
      await clean(page, address);
    });
  }
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  for (const address of [
    ...[
      '/depistage',
      '/en/depistage',
      '/ar/depistage',
      '/es/depistage',
      '/pt/depistage',
      '/tr/depistage',
      '/uk/depistage',
    ],
    ...[
      '/depistage?lecture=facile',
      '/depistage/imprimer',
      '/depistage/professionnels',
      '/integrer/cadre/depistage',
      '/aide',
    ],
  ]) {
    test(`${address} shows whom to call`, async ({ page }) => {
      await page.goto(address);
      for (const number of ['tel:3114', 'tel:15', 'sms:114']) {
        await expect(page.locator(`a[href="${number}"]`).first()).toBeVisible();
      }
    });
  }

  test('/depistage gives the questions to read, and no button that does nothing', async ({ page }) => {
    await page.goto('/depistage');
    await expect(page.getByText('Il m’est arrivé de penser à me faire du mal')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Commencer' })).toBeHidden();
  });
});

test.describe('languages', () => {
  for (const [locale, dir] of [
    ['en', 'ltr'],
    ['ar', 'rtl'],
    ['es', 'ltr'],
    ['pt', 'ltr'],
    ['tr', 'ltr'],
    ['uk', 'ltr'],
  ] as const) {
    test(`${locale}: the whole way, the scale in a published text, help at the end`, async ({ page }) => {
      await open(page, `/${locale}/depistage`);
      await expect(page.locator('html')).toHaveAttribute('lang', locale);
      await expect(page.locator('html')).toHaveAttribute('dir', dir);
      await expect(page.locator('main .notice').first()).toBeVisible();
      await start(page);
      await expect(page.locator('legend [lang]')).toHaveAttribute('lang', locale === 'en' ? 'en' : 'fr');
      await answer(page, 1);
      await expect(page.locator('[data-block=crisis]')).toBeVisible();
      await expect(page.getByText('Merci de l’avoir dit')).toHaveCount(0);
    });
  }
});

test('the other parent is asked the adapted text, which says that it is not validated', async ({ page }) => {
  await open(page);
  await page.getByLabel('L’autre parent').check();
  await start(page);
  await answer(page, 1, { 10: 4 });
  await expect(page.getByText('Cela arrive aussi à l’autre parent')).toBeVisible();
  await expect(page.getByText('les repères diffèrent d’une étude à l’autre')).toBeVisible();
  await expect(page.getByText('Aucune étude n’a éprouvé ce texte')).toBeVisible();
});

test.describe('in the page of another site', () => {
  test('runs to its end, keeps nothing, and the page around it cannot read a word', async ({
    page,
    context,
    baseURL,
  }) => {
    const host = createServer((_, response) => {
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.end(
        `<!doctype html><title>Un autre site</title><script src="${baseURL}/integrer/cadre.js" async></script>
        <mille-jours-cadre page="depistage"><a href="${baseURL}/depistage">Faire le point</a></mille-jours-cadre>`,
      );
    });
    await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve));
    try {
      await page.goto(`http://127.0.0.1:${(host.address() as AddressInfo).port}/`, { waitUntil: 'networkidle' });
      const frame = page.frameLocator('iframe');
      await frame.locator('form.needs-script button[type=submit]').click();
      for (let item = 1; item <= 10; item += 1) {
        await frame.locator(`input[name="item-${item}"]`).first().check();
        await frame.locator('form button[type=submit]').click();
      }
      await expect(frame.locator('[data-block=crisis]')).toBeVisible();
      await expect(frame.getByRole('button', { name: /Garder/ })).toHaveCount(0);
      expect(await page.evaluate(() => document.querySelector('iframe')?.contentDocument)).toBeNull();
      const inside = page.frames().find((candidate) => candidate.url().includes('/integrer/cadre/'));
      const storage = await inside?.evaluate(() => {
        try {
          return String(localStorage.length + sessionStorage.length);
        } catch (error) {
          return (error as Error).name;
        }
      });
      expect(storage).toBe('SecurityError');
      expect(await context.cookies()).toEqual([]);
    } finally {
      host.close();
    }
  });

  test('only the frames may be framed', async ({ request }) => {
    const policyOf = async (address: string) => (await request.get(address)).headers()['content-security-policy'];
    for (const address of ['/integrer/cadre/depistage', '/ar/integrer/cadre/depistage']) {
      expect(await policyOf(address)).toContain('frame-ancestors *');
    }
    for (const address of ['/', '/depistage', '/integrer', '/ar/depistage', '/aide']) {
      expect(await policyOf(address)).toContain("frame-ancestors 'none'");
    }
  });
});

test('the reminder is in two weeks and says nothing of health', async ({ page }) => {
  await open(page);
  await start(page);
  await answer(page, 1);
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: /Refaire le point/ }).click();
  const stream = await (await download).createReadStream();
  const text = Buffer.concat(await stream.toArray()).toString();
  expect(text).toContain('SUMMARY:Un moment pour vous');
  expect(text).not.toMatch(/depist|EPDS|moral|bébé|localhost/i);
});

test.describe('a visitor who does not sit at the machine, before the written permission', () => {
  for (const address of [
    ...['/depistage', '/en/depistage', '/depistage/imprimer', '/depistage/professionnels'],
    '/integrer/cadre/depistage',
  ]) {
    test(`${address} gives whom to call, and no word of the scale`, async ({ request }) => {
      const answered = await request.get(address, { headers: { 'x-forwarded-for': '192.0.2.7' } });
      const html = await answered.text();
      expect(answered.status()).toBe(200);
      expect(html).toContain('Royal College of Psychiatrists');
      expect(html).not.toMatch(/prendre les choses du bon côté|funny side of things|penser à me faire du mal/);
      expect(html).toContain('tel:3114');
    });
  }
});
