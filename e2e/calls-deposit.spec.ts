import { expect, type Locator, type Page, test } from '@playwright/test';
import { noted, pastCall } from './in-past-call.ts';
import { sound } from './sound.ts';

/** Goes on with Tab until it is there, as somebody who has no pointer does, then presses Enter. */
const press = async (page: Page, target: Locator): Promise<void> => {
  await reach(page, target);
  await page.keyboard.press('Enter');
};

const reach = async (page: Page, target: Locator): Promise<void> => {
  await expect(target).toBeVisible();
  for (let stops = 0; stops < 150; stops++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error('the keyboard does not reach it');
};

test('an application is completed and deposited with the keyboard alone, and without JavaScript', async ({
  browser,
  baseURL,
}) => {
  const { enter } = pastCall('open', browser, baseURL ?? '');
  for (const [who, options] of [
    ['porteuse1', {}],
    ['porteuse2', { javaScriptEnabled: false }],
  ] as const) {
    const page = await enter(who, options);
    await page.goto('/appels/espace/candidatures');
    await press(page, page.getByRole('link', { name: /Une maison des parents/ }));
    await press(page, page.getByRole('link', { name: /^Le projet/ }));
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Le projet');
    await reach(page, page.locator('[name=change]'));
    await page.keyboard.press('Control+A');
    await page.keyboard.type('Des parents moins seuls.');
    await press(page, page.getByRole('button', { name: 'Enregistrer', exact: true }).last());
    await press(page, page.getByRole('link', { name: 'Relire et déposer' }));
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Déposer');
    await expect(page.locator('main')).toContainText('Des parents moins seuls.');
    await press(page, page.getByRole('button', { name: /^Déposer/ }));
    await expect(noted(page)).toContainText('C’est déposé.');
    await expect(page.locator('main')).toContainText('Empreinte (SHA-256)');
    if (!('javaScriptEnabled' in options)) await sound(page);
    await page.context().close();
  }
});
