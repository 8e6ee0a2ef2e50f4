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

/** Writes in the field that the keyboard has reached, in place of what was there. */
const write = async (page: Page, name: string, words: string): Promise<void> => {
  const field = page.locator(`[name="${name}"]`);
  await reach(page, field);
  await page.keyboard.press('Control+A');
  await page.keyboard.type(words);
};

/** From the page of an application to one of its parts, and back once it is written. */
const writePart = async (page: Page, part: string, fields: Readonly<Record<string, string>>): Promise<void> => {
  await press(page, page.getByRole('link', { name: new RegExp(`^${part}`) }).first());
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(part);
  for (const [name, words] of Object.entries(fields)) await write(page, name, words);
  await press(page, page.getByRole('button', { name: 'Enregistrer', exact: true }).last());
  await expect(page).toHaveURL(/\/candidatures\/[0-9a-f-]{36}$/);
};

const join = async (page: Page): Promise<void> => {
  await press(page, page.getByRole('link', { name: /^Les pièces jointes/ }).first());
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Les pièces jointes');
  await reach(page, page.locator('[name=file]'));
  await page.locator('[name=file]').setInputFiles({ name: 'statuts.pdf', mimeType: 'application/pdf', buffer: pdf });
  await press(page, page.getByRole('button', { name: 'Joindre', exact: true }));
  await expect(page.getByRole('button', { name: 'Retirer statuts.pdf' })).toBeVisible();
  await press(page, page.getByRole('link', { name: 'Revenir à la candidature' }));
};

const deposit = async (page: Page): Promise<void> => {
  await press(page, page.getByRole('link', { name: 'Relire et déposer' }));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Déposer');
  await expect(page.locator('main')).toContainText('Des parents moins seuls.');
  await expect(page.locator('main')).toContainText('statuts.pdf');
  await press(page, page.getByRole('button', { name: /^Déposer/ }));
  await expect(noted(page)).toContainText('C’est déposé.');
  await expect(page.locator('main')).toContainText('Empreinte (SHA-256)');
};

/** The least that a reader of PDF takes for one. */
const pdf = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n');

for (const [how, who, options] of [
  ['with the keyboard alone', 'porteuse1', {}],
  ['with the keyboard alone, without JavaScript', 'porteuse2', { javaScriptEnabled: false }],
] as const)
  test(`an application is completed, given a piece and deposited ${how}`, async ({ browser, baseURL }) => {
    const { enter } = pastCall('open', browser, baseURL ?? '');
    const page = await enter(who, options);
    await page.goto('/appels/espace/candidatures');
    await press(page, page.getByRole('link', { name: /Une maison des parents/ }));
    await writePart(page, 'Le projet', { change: 'Des parents moins seuls.' });
    await join(page);
    await deposit(page);
    if (!('javaScriptEnabled' in options)) await sound(page);
    await page.context().close();
  });
