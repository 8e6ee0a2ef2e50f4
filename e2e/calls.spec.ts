import { expect, type Page, test } from '@playwright/test';
import { fillDay } from './days.ts';
import { entrust } from './entrusted.ts';
import { newEmail, signIn } from './sign-in.ts';
import { sound } from './sound.ts';
import { overtake, proposeAsPartner, somebodyElse } from './write-call-together.ts';
import { writeTogether } from './write-together.ts';

/** « vendredi 13 août 2021 » */
const saidDay = (ahead: number): string =>
  Temporal.Now.plainDateISO('Europe/Paris')
    .add({ days: ahead })
    .toLocaleString('fr', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
    .replace(' 1 ', ' 1er ');

/** An organiser of Martinique tells the ministry, late, that it runs a call with the other one. */
const declare = async (page: Page, agency: 'ARS' | 'DREETS', email: string): Promise<void> => {
  entrust(email, 'region:02', agency.toLowerCase());
  await page.goto('/appels/espace');
  await page.getByRole('link', { name: new RegExp(`^${agency}, Martinique`) }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`${agency}, Martinique`);
  await page.locator('[name=configuration][value=joint]').check();
  await page.locator('[name=director_name]').fill('Dominique Exemple');
  await page.locator('[name=director_email]').fill(newEmail('direction'));
  await page.locator('[name=referent_name]').fill('Camille Exemple');
  await page.locator('[name=referent_email]').fill(email);
  await page.getByRole('button', { name: 'Préparer le message' }).click();
  await expect(page.locator('pre')).toContainText('1000 premiers jours en Martinique');
  if (agency === 'ARS') await sound(page);
  await fillDay(page, 'on', -1);
  await page.getByRole('button', { name: 'Noter l’envoi' }).click();
  await expect(page.getByRole('alert')).toContainText('au plus tard le 17 mai 2021');
  await page.locator('[name=motive]').fill('Essai du parcours.');
  await page.getByRole('button', { name: 'Noter l’envoi' }).click();
  await expect(page.getByRole('status')).toHaveText('L’envoi est noté.');
};

/** Withdrawn, so that the journey may be walked again. */
const withdraw = async (page: Page, agency: 'ars' | 'dreets'): Promise<void> => {
  await page.goto(`/appels/espace/declarations/2021/${agency}/02`);
  await page.getByText('Renoncer à cette déclaration').click();
  await page.getByRole('button', { name: 'Renoncer', exact: true }).click();
  await expect(page.getByRole('status')).toContainText('La déclaration est retirée');
};

test.describe('calls for projects, on a phone', () => {
  test.use({ actionTimeout: 10_000, viewport: { width: 360, height: 740 } });

  test('an ARS and a DREETS declare late, write their call with a partner, publish it, put it off, two people apply, and it is cancelled', async ({
    page,
    browser,
  }) => {
    const email = newEmail('ars');
    await signIn(page, email, '/appels/espace');
    await declare(page, 'ARS', email);
    const { page: other, email: otherEmail } = await somebodyElse(browser, page.url(), 'dreets', '/appels/espace');
    await declare(other, 'DREETS', otherEmail);

    await page.goto('/appels/espace/nouveau');
    await page.locator('[name=territory]').selectOption('region:02');
    await page.locator('[name=configuration][value=joint]').check();
    await page.getByRole('button', { name: 'Ouvrir la rédaction' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toContainText('1000 premiers jours en Martinique');
    const space = page.url();

    await page.getByRole('link', { name: /^Le calendrier/ }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Le calendrier');
    await fillDay(page, 'opens', -2);
    await page.locator('[name=opens_hour]').fill('9h');
    await fillDay(page, 'closes', 30);
    await page.locator('[name=closes_hour]').fill('16h30');
    await fillDay(page, 'jury', 20);
    await fillDay(page, 'results', 50);
    await fillDay(page, 'starts', 60);
    await page.locator('[name=motive]').fill('Le cadre de 2021, repris pour un essai.');
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    await expect(page.getByRole('alert')).toContainText('Le jury ne peut pas se tenir avant');
    await expect(page.locator('[name=closes_hour]')).toHaveValue('16h30');
    await fillDay(page, 'jury', 40);
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    await expect(page.getByRole('status')).toHaveText('C’est enregistré.');

    await page.getByRole('link', { name: /^Le cahier des charges/ }).click();
    await page.locator('[name=projects]').fill('Des projets <b>nouveaux</b>.');
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    await expect(page.getByRole('status')).toHaveText('C’est enregistré.');

    await proposeAsPartner(browser, page, space);
    await overtake(other, page, space);

    await page.getByRole('button', { name: 'Donner à relire' }).click();
    await expect(page.getByRole('status')).toContainText('donné à relire');
    await page.getByRole('button', { name: 'Donner l’accord' }).click();
    await expect(page.getByRole('status')).toHaveText('Votre accord est donné.');
    // Whoever approves for the other organiser reads all that they approve.
    await other.goto(space);
    for (const said of [
      ...['Des projets <b>nouveaux</b>.', 'La place donnée aux seconds parents', 'Un relevé bancaire'],
      ...['à 16 h 30, heure locale en Martinique', 'ARS, FIR', 'DREETS, P304-17'],
    ])
      await expect(other.locator('#lire')).toContainText(said);
    await other.getByRole('button', { name: 'Donner l’accord' }).click();
    await expect(other.getByRole('status')).toHaveText('Votre accord est donné.');
    await other.locator('#publier-motive').fill('Le comité départemental suit déjà l’appel.');
    await other.getByRole('button', { name: 'Publier l’appel' }).click();
    await expect(other.getByRole('status')).toContainText('L’appel est publié.');

    // Put off, never brought forward.
    await page.goto(space);
    await page.getByText('Publier un additif').click();
    await page.locator('#additif-reason').fill('Cinq jours de plus pour déposer.');
    await fillDay(page, 'closes', 35);
    await page.getByRole('button', { name: 'Publier l’additif' }).click();
    await expect(page.getByRole('status')).toHaveText('L’additif est publié.');
    await page.getByRole('link', { name: 'La page publique' }).click();
    await expect(page.locator('main')).toContainText('à 16 h 30, heure locale en Martinique');
    await expect(page.locator('main')).toContainText('Cinq jours de plus pour déposer.');
    await expect(page.locator('main')).toContainText(saidDay(35));
    await expect(page.locator('main')).toContainText('Des projets <b>nouveaux</b>.');
    await sound(page);
    const shown = page.url();
    await page.goto('/appels');
    await expect(page.getByRole('link', { name: /1000 premiers jours en Martinique/ }).first()).toBeVisible();
    await page.goto(`${shown}/relais`);
    await expect(page.locator('[name=short]')).toHaveValue(/1000 premiers jours en Martinique/);

    const { holder, file } = await writeTogether(browser, shown, sound);
    await holder.goto(file);
    await expect(holder.locator('main')).toContainText('Cinq jours de plus pour déposer.');

    await page.goto(space);
    await page.getByText('Annuler cet appel').click();
    await page.locator('#annuler-reason').fill('Fin de l’essai.');
    await page.getByRole('button', { name: 'Annuler l’appel' }).click();
    await expect(page.getByRole('status')).toHaveText('L’appel est annulé.');
    await page.goto(shown);
    await expect(page.locator('main')).toContainText('Fin de l’essai.');
    for (const address of [file, `${file}/project`, '/appels/espace/candidatures']) {
      await holder.goto(address);
      await expect(holder.locator('main')).toContainText('Cet appel est annulé. Fin de l’essai.');
      await expect(holder.locator('main')).not.toContainText('Limite de dépôt');
    }
    await sound(holder);
    await holder.context().close();
    await withdraw(page, 'ars');
    await withdraw(other, 'dreets');
    await other.context().close();
  });
});
