import { expect, type Page, test } from '@playwright/test';
import { paperOf } from './paper.ts';
import { midwife, register } from './register.ts';
import { messageTo, newEmail, signIn } from './sign-in.ts';
import { sound } from './sound.ts';

/** A stop of every day, half a day long: with two of them, there is always one that is not over. */
const addStop = async (page: Page, label: string, hour: string): Promise<void> => {
  await page.getByRole('link', { name: 'Ajouter un arrêt' }).click();
  await page.locator('[name=label]').fill(label);
  await page.locator('[name=commune]').fill('Quimper (Finistère)');
  const today = Temporal.Now.plainDateISO('Europe/Paris');
  await page.locator('[name=day]').fill(today.toString());
  await page.locator('[name=hour]').fill(hour);
  await page.locator('[name=minutes]').fill('720');
  await page.locator('[name=repeat]').selectOption('semaine');
  for (const box of await page.locator('[name=days]').all()) await box.check();
  await page.locator('[name=until]').fill(today.add({ days: 30 }).toString());
  await page.locator('[name=on_holidays]').check();
  await page.getByRole('button', { name: 'Ajouter cet arrêt' }).click();
  await expect(page.getByRole('status')).toContainText('C’est enregistré');
};

test.describe('a bus, without JavaScript, on a phone', () => {
  test.use({ javaScriptEnabled: false, actionTimeout: 10_000, viewport: { width: 360, height: 740 } });

  test('breaks down: two taps of its team, and who asked is told', async ({ page, browser, baseURL }) => {
    const code = newEmail('x').slice(2, 10);
    await signIn(page, newEmail('equipe'), '/professionnels/inscription');
    await register(page, midwife(`Camille ${code}`));
    await page.goto('/professionnels/espace');
    await page
      .getByRole('heading', { name: `Camille ${code}` })
      .getByRole('link')
      .click();
    await page.getByRole('link', { name: 'Tournées' }).click();
    await page.locator('[name=name]').fill(`Bus ${code}`);
    await page.locator('[name=service]').fill(`Pesée ${code}`);
    await page.getByRole('button', { name: 'Ajouter ce véhicule' }).click();
    await expect(page.getByRole('status')).toContainText('C’est enregistré');
    const team = page.url();
    await addStop(page, `Place ${code}`, '0h00');
    await addStop(page, `Marché ${code}`, '12h00');

    // A parent finds it by the commune, and asks to be told.
    const family = await browser.newContext({ javaScriptEnabled: false, ...(baseURL ? { baseURL } : {}) });
    const parent = await family.newPage();
    await parent.goto('/bus?commune=Quimper&code=29232');
    await parent
      .getByRole('link', { name: `Bus ${code}` })
      .first()
      .click();
    await expect(parent.getByRole('heading', { level: 1 })).toHaveText(`Bus ${code}`);
    await expect(parent.locator('main')).toContainText(`Pesée ${code}`);
    const bus = parent.url();
    const email = newEmail('parent');
    await parent.locator('[name=commune]').fill('Quimper (Finistère)');
    await parent.locator('[name=email]').fill(email);
    await parent.getByRole('button', { name: 'Me prévenir' }).click();
    await expect(parent.getByRole('status')).toContainText('Regardez votre messagerie');
    const [link = ''] = /\/bus\/suivi\/[\w-]{43}/.exec(await messageTo(page, email)) ?? [];
    await parent.goto(link);
    await parent.getByRole('button', { name: 'Confirmer' }).click();
    await expect(parent.getByRole('status')).toContainText('nous vous écrirons');

    // It breaks down.
    await page.goto(team);
    await page.getByRole('link', { name: 'Il ne roule pas aujourd’hui' }).click();
    await expect(page.locator('main')).toContainText('1 personne a demandé à être prévenue');
    const breakdown = page.url();
    await page.getByRole('button', { name: /^Annuler l.* et prévenir$/ }).click();
    await expect(page.getByRole('status')).toContainText('C’est annulé');

    await parent.goto(bus);
    await expect(parent.locator('main')).toContainText('Annulé. Le véhicule est en panne aujourd’hui.');
    await parent
      .getByRole('link', { name: `Marché ${code}` })
      .first()
      .click();
    await expect(parent.getByRole('heading', { name: 'Dates de passage' })).toBeVisible();
    const stop = parent.url();
    // Twelve dates, and what is on board: one sheet for the town hall.
    expect(await paperOf(parent)).toEqual({ sheets: 1, sides: [210, 297] });
    await expect(async () => {
      expect(await messageTo(page, email)).toContain('Le mot de l’équipe\u00a0: Le véhicule est en panne aujourd’hui.');
    }).toPass({ timeout: 30_000 });

    // One tap from the message, and nothing is left of the address.
    await parent.goto(link);
    await parent.getByRole('button', { name: 'Ne plus recevoir ces messages' }).click();
    await expect(parent.getByRole('status')).toContainText('votre demande est effacée');
    await family.close();

    // The same pages, looked at by what needs a script of its own to look.
    const seen = await browser.newContext({
      ...{ javaScriptEnabled: true, storageState: await page.context().storageState() },
      viewport: { width: 320, height: 640 },
      ...(baseURL ? { baseURL } : {}),
    });
    const looked = await seen.newPage();
    const tour = team.replace(/\?.*/, '');
    await page.goto(tour);
    const visit = await page
      .getByRole('link', { name: /^Annuler ou déplacer/ })
      .first()
      .getAttribute('href');
    const pages = [bus, stop, team, breakdown, `${tour}/arret/nouveau`, `${tour}/bord`, visit ?? ''];
    for (const address of pages) {
      await looked.goto(address);
      await sound(looked);
    }
    await seen.close();
  });
});
