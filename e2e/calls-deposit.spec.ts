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
  if (await field.evaluate((element) => element instanceof HTMLSelectElement)) {
    for (let step = 0; step < 20 && (await field.inputValue()) !== words; step++)
      await page.keyboard.press('ArrowDown');
    return;
  }
  await page.keyboard.press('Control+A');
  await page.keyboard.type(words);
};

/** From the page of an application to one of its parts, and back once it is written. */
const writePart = async (page: Page, part: string, fields: Readonly<Record<string, string>>): Promise<void> => {
  await press(page, page.getByRole('link', { name: new RegExp(`^${part}`) }).first());
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(part);
  for (const [name, words] of Object.entries(fields)) await write(page, name, words);
  // With the script, what is written is kept as one goes.
  const saved = page.locator('[data-saved]:not([hidden])');
  if ((await saved.count()) > 0) await expect(saved).toHaveText(/^Enregistré à/, { timeout: 30_000 });
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

test('an application is begun, written and deposited with the keyboard alone', async ({ browser, baseURL }) => {
  const { shown, enter } = pastCall('open', browser, baseURL ?? '');
  const page = await enter('porteuse3');
  await page.goto(shown);
  await press(page, page.getByRole('link', { name: 'Candidater' }));
  await press(page, page.getByRole('button', { name: 'Commencer', exact: true }));
  await expect(page.getByRole('status')).toContainText('Elle n’est pas déposée');
  await writePart(page, 'Le projet', {
    ...{ title: 'Une maison des parents', summary: 'Un lieu ouvert.', change: 'Des parents moins seuls.' },
  });
  await writePart(page, 'La structure porteuse', {
    ...{ siret: '12345678200010', name: 'Association Exemple', legal_form: 'Association' },
    ...{ address: '1 rue de l’Exemple, 35000 Rennes', signatory_name: 'Camille Exemple', signatory_job: 'Présidence' },
  });
  await writePart(page, 'Le territoire', { add: '35238' });
  await writePart(page, 'Les parents et les enfants', { words: 'Les parents de tout-petits.' });
  const { year } = Temporal.Now.plainDateISO('Europe/Paris');
  await writePart(page, 'Le calendrier', {
    ...{ starts_on_jour: '1', starts_on_mois: '9', starts_on_annee: String(year + 1) },
    ...{ ends_on_jour: '31', ends_on_mois: '8', ends_on_annee: String(year + 2) },
  });
  await writePart(page, 'Le budget', {
    ...{ 'expense-label-0': 'Salaires', 'expense-cents-0': '12 000' },
    ...{ 'resource-source-0': 'call', 'resource-cents-0': '12 000' },
  });
  await writePart(page, 'Les indicateurs', { 'title-0': 'Familles accueillies', 'target-0': '40' });
  await join(page);
  await deposit(page);
  await sound(page);
  await page.context().close();
});

test('an application is completed and deposited without JavaScript', async ({ browser, baseURL }) => {
  const { enter } = pastCall('open', browser, baseURL ?? '');
  const page = await enter('porteuse2', { javaScriptEnabled: false });
  await page.goto('/appels/espace/candidatures');
  await press(page, page.getByRole('link', { name: /Une maison des parents/ }));
  await writePart(page, 'Le projet', { change: 'Des parents moins seuls.' });
  await join(page);
  await deposit(page);
  await page.context().close();
});
