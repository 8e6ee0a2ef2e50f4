import { expect, type Page, test } from '@playwright/test';
import { dayAhead } from './days.ts';
import { entrust } from './entrusted.ts';
import { hydrated } from './pages.ts';
import { maison, register } from './register.ts';
import { newEmail, signIn } from './sign-in.ts';
import { sound } from './sound.ts';

test.describe('a week of a Maison, without JavaScript, on a phone', () => {
  test.use({ javaScriptEnabled: false, actionTimeout: 10_000 });

  test('its team opens it, parents take appointments, somebody arrives, a day is cancelled', async ({
    page,
    browser,
    baseURL,
  }) => {
    const name = `Maison de l’Essai ${newEmail('x').slice(2, 10)}`;
    const other = async (): Promise<Page> =>
      (await browser.newContext({ javaScriptEnabled: false, ...(baseURL ? { baseURL } : {}) })).newPage();
    await signIn(page, newEmail('maison'), '/professionnels/inscription');
    await register(page, maison(name));

    // Monday: the team asks, somebody in charge of the territory opens.
    await page.goto('/professionnels/espace');
    await page.getByRole('link', { name, exact: true }).click();
    await page.getByRole('link', { name: 'Maison', exact: true }).click();
    const team = page.url();
    await page.getByRole('checkbox', { name }).check();
    await page.locator('[name=words]').fill('Venez comme vous êtes.');
    await page.getByRole('button', { name: 'Envoyer pour relecture' }).click();
    await expect(page.getByRole('status')).toContainText('C’est envoyé');
    const moderator = await other();
    const email = newEmail('territoire');
    await signIn(moderator, email);
    entrust(email, 'departement:29');
    await moderator.goto('/professionnels/espace/moderation/maisons');
    await moderator.getByRole('button', { name: `Ouvrir : ${name}`, exact: true }).click();
    await expect(moderator.getByRole('status')).toContainText('C’est noté');

    // Who receives, and when: a partner too.
    await page.goto(`${team}/equipe`);
    await page.locator('[name=role]').fill('Psychologue');
    await page.getByRole('button', { name: 'Ajouter' }).click();
    await expect(page.getByRole('status')).toContainText('C’est noté');
    await page.getByRole('link', { name: 'Proposer des rendez-vous' }).click();
    await page.locator('[name=day]').fill('31/02/2027');
    await page.locator('[name=hour]').fill('9h');
    await page.locator('[name=slots]').fill('2');
    await page.getByRole('button', { name: 'Publier' }).click();
    await expect(page.getByRole('alert')).toContainText('Donnez la date');
    await page.locator('[name=day]').fill(dayAhead(9));
    await page.getByRole('button', { name: 'Publier' }).click();
    await expect(page.getByRole('status')).toContainText('C’est publié');
    await page.getByRole('link', { name: 'Annoncer la permanence' }).click();
    await page.locator('[name=holder]').fill('Caf de l’Essai');
    await page.locator('[name=day]').fill(dayAhead(8));
    await page.locator('[name=hour]').fill('14h');
    await page.getByRole('button', { name: 'Publier' }).click();
    await expect(page.getByRole('status')).toContainText('C’est publié');

    // A parent takes an appointment; another finds that time gone.
    const parent = await other();
    await parent.goto('/maisons');
    await parent.getByRole('link', { name }).click();
    await expect(parent.locator('main')).toContainText('Caf de l’Essai');
    await expect(parent.locator('main')).toContainText('ni un lieu de soins');
    const house = parent.url();
    await parent.getByRole('link', { name: 'Prendre rendez-vous' }).click();
    await expect(parent.getByRole('heading', { level: 1 })).toHaveText('Prendre rendez-vous');
    const list = parent.url();
    const times = parent.locator('main li a');
    await expect(times).toHaveCount(2);
    await times.first().click();
    const slot = parent.url();
    await parent.locator('[name=name]').fill('Ana');
    await parent.locator('[name=contact]').fill('06 00 00 00 01');
    await parent.getByRole('button', { name: 'Prendre ce rendez-vous' }).click();
    await expect(parent.getByRole('status')).toContainText('Votre rendez-vous est noté');
    const appointment = parent.url();
    await parent.goto(slot);
    await expect(parent.getByRole('alert')).toContainText('Ce moment vient d’être pris');
    await expect(times).toHaveCount(1);

    // Who took the other one and cannot come gives it back in one gesture.
    await times.first().click();
    await parent.locator('[name=name]').fill('Lou');
    await parent.locator('[name=contact]').fill('06 00 00 00 02');
    await parent.getByRole('button', { name: 'Prendre ce rendez-vous' }).click();
    await expect(parent.getByRole('status')).toContainText('Votre rendez-vous est noté');
    await parent.getByRole('button', { name: 'Je ne viendrai pas' }).click();
    await expect(parent.getByRole('status')).toContainText('annulé');

    // At the door, somebody arrives: a touch, and nothing about them.
    await page.goto(`${team}/accueil`);
    await page.getByRole('button', { name: 'Un futur parent' }).click();
    await expect(page).toHaveURL(/dernier=/);

    // The same desk on a tablet whose network goes: touches wait on the device, and count once; one is taken back.
    const signedIn = {
      javaScriptEnabled: true,
      storageState: await page.context().storageState(),
      ...(baseURL ? { baseURL } : {}),
    };
    const tablet = await (await browser.newContext(signedIn)).newPage();
    await tablet.goto(`${team}/accueil`);
    await hydrated(tablet);
    await tablet.context().setOffline(true);
    const couple = tablet.getByRole('button', { name: 'Un couple' });
    await couple.click();
    await couple.click();
    await expect(couple).toContainText('2');
    await expect(tablet.getByText('Pas de réseau')).toBeVisible();
    await tablet.getByRole('button', { name: 'Reprendre' }).click();
    await expect(couple).toContainText('1');
    await tablet.context().setOffline(false);
    await expect(tablet.getByText('Pas de réseau')).toBeHidden({ timeout: 30_000 });
    await page.goto(`${team}/frequentation`);
    await expect(page.locator('main')).toContainText('Dans le mois : 2 arrivées');

    // A room, taken once: whoever asks for the same hour is told so, and keeps what they wrote.
    await page.goto(team.replace(/maison$/, 'salles'));
    await page.locator('[name=room_name]').fill('Salle bleue');
    await page.locator('[name=seats]').fill('12');
    await page.getByRole('button', { name: 'Ouvrir' }).click();
    await expect(page.getByRole('status')).toContainText('La salle est ouverte');
    for (const hour of ['9h', '10h']) {
      await page.locator('[name=holder]').fill('Équipe de la PMI');
      await page.locator('[name=day]').fill(dayAhead(8));
      await page.locator('[name=hour]').fill(hour);
      await page.getByRole('button', { name: 'Retenir' }).click();
      await expect(page.locator('main')).toContainText(hour === '9h' ? 'C’est retenu' : 'déjà prise');
    }
    await expect(page.locator('[name=holder]')).toHaveValue('Équipe de la PMI');

    // The day cannot be held: the parent’s page says so, and the team knows whom to call.
    await page.goto(`${team}/rendez-vous`);
    await page.locator('[name=day]').last().fill(dayAhead(9));
    await page.getByRole('button', { name: 'Annuler ce jour' }).click();
    await expect(page.getByRole('status')).toContainText('1 personne est à appeler');
    await expect(page.locator('main')).toContainText('Ana');
    await expect(page.getByRole('link', { name: '0600000001' })).toBeVisible();
    await parent.goto(appointment);
    await expect(parent.getByRole('status')).toContainText('L’équipe ne peut pas vous recevoir');

    // Everything that was shown suits everybody, with script too.
    const reader = await browser.newContext({
      javaScriptEnabled: true,
      storageState: await page.context().storageState(),
      viewport: { width: 360, height: 740 },
    });
    const tab = await reader.newPage();
    const hours = `${team}/heures?genre=permanence`;
    for (const address of [team, `${team}/equipe`, hours, `${team}/rendez-vous`, house, list, appointment]) {
      await tab.goto(address);
      await sound(tab);
    }
    await reader.close();
  });
});
