import { expect, test } from '@playwright/test';
import { entrust } from './entrusted.ts';
import { association, register } from './register.ts';
import { messageTo, newEmail, signIn } from './sign-in.ts';
import { sound } from './sound.ts';
import { soundPages } from './sound-pages.ts';

test('a territory gives a structure the work; a parent asks, with and without scripts; one person calls', async ({
  browser,
  baseURL,
}) => {
  const here = baseURL ? { baseURL } : {};
  const phone = { viewport: { width: 360, height: 740 }, ...here };
  const name = `Écoute d’Essai ${newEmail('x').slice(2, 10)}`;
  const context = await browser.newContext({ ...phone, javaScriptEnabled: false });
  const page = await context.newPage();
  const email = newEmail('odile');
  await signIn(page, email, '/professionnels/espace');
  await register(page, association(name));
  entrust(email, 'departement:61');

  await page.goto('/professionnels/espace/rappels/equipes');
  await page.getByRole('button', { name: 'Confier les rappels' }).click();
  await expect(page.getByText('Choisissez l’organisme qui rappelle.')).toBeVisible();
  await page.locator('[name=organisation]').selectOption({ label: name });
  for (const day of await page.locator('[name=days]').all()) await day.check();
  await page.locator('[name=from]').selectOption('0');
  await page.locator('[name=to]').selectOption('24');
  await page.locator('[name=languages][value=ar]').check();
  await page.locator('[name=sentence]').fill('Des bénévoles formés vous rappellent et vous écoutent.');
  await page.getByRole('button', { name: 'Confier les rappels' }).click();
  await expect(page.getByRole('status')).toContainText('les parents peuvent demander un rappel');

  // The same link on both pages, without anything in it.
  const parents = await browser.newContext({ ...phone, javaScriptEnabled: false });
  const parent = await parents.newPage();
  for (const from of ['/aide', '/depistage', '/ar/aide']) {
    await expect(async () => {
      await parent.goto(from);
      await expect(parent.locator('main a[href^="/etre-rappele"]')).toHaveAttribute('href', '/etre-rappele');
    }).toPass();
  }
  await parent.goto('/etre-rappele');
  await parent.locator('[name=commune]').fill('Marseille');
  await parent.getByRole('button', { name: 'Voir qui peut rappeler' }).click();
  await expect(parent.getByText('Ici, personne ne rappelle pour le moment')).toBeVisible();
  await parent.getByRole('link', { name: 'Changer de commune' }).click();
  await parent.locator('[name=commune]').fill('Alençon');
  await parent.getByRole('button', { name: 'Voir qui peut rappeler' }).click();
  await expect(parent.getByText(name, { exact: true }).first()).toBeVisible();
  await parent.getByRole('button', { name: 'Demander ce rappel' }).click();
  await expect(parent.getByRole('alert')).toContainText('Écrivez le numéro où vous rappeler.');
  await parent.locator('[name=phone]').fill('06 12 34 56 78');
  await parent.locator('[name=presentation]').fill('un appel de la mairie');
  await parent.locator('[name=slot]').last().check();
  await parent.getByRole('button', { name: 'Demander ce rappel' }).click();
  await expect(parent.getByRole('heading', { level: 1 })).toHaveText('C’est noté');
  await expect(parent.getByRole('status')).toContainText('au numéro qui finit par 78');
  expect(new URL(parent.url()).search).toBe('?/demander');
  expect(await messageTo(page, email)).not.toMatch(/06.?12|mairie/);

  // Another parent, with scripts: asks, then cancels on the screen.
  const others = await browser.newContext(phone);
  const other = await others.newPage();
  await other.goto('/etre-rappele');
  await sound(other);
  await other.locator('[name=commune]').fill('Alençon (Orne)');
  await other.getByRole('button', { name: 'Voir qui peut rappeler' }).click();
  await sound(other);
  await other.locator('[name=phone]').fill('07 00 00 00 09');
  await other.locator('[name=slot]').last().check();
  await other.getByRole('button', { name: 'Demander ce rappel' }).click();
  await expect(other.getByRole('heading', { level: 1 })).toHaveText('C’est noté');
  await sound(other);
  await other.getByRole('button', { name: 'Annuler ma demande' }).click();
  await expect(other.getByRole('status')).toContainText('Votre demande est annulée.');
  // Nothing in the history of this telephone opens a request.
  expect(new URL(other.url()).search).toBe('');

  await page.goto('/professionnels/espace');
  await page.getByRole('link', { name: 'Rappels' }).click();
  await expect(page.getByText('La personne a annulé.')).toBeVisible();
  await expect(page.getByText('un appel de la mairie')).toBeVisible();
  await expect(page.getByText('06 12 34 56 78')).toHaveCount(0);
  await page.getByRole('button', { name: 'Prendre cette demande' }).click();
  await expect(page.getByRole('link', { name: /06\s12\s34\s56\s78/ })).toHaveAttribute('href', 'tel:0612345678');
  await soundPages(browser, page, [
    ...['/professionnels/espace/rappels', '/professionnels/espace/rappels/equipes'],
    '/professionnels/espace/moderation/regles',
  ]);
  await page.getByLabel('Nous nous sommes parlé').check();
  await page.getByRole('button', { name: 'Clore' }).click();
  await expect(page.getByRole('status')).toContainText('C’est noté');
  await page.goto('/professionnels/espace/rappels/equipes');
  await page.getByRole('button', { name: `Retirer : ${name}` }).click();
  await expect(page.getByRole('status')).toContainText('ne reçoit plus de demande');
  for (const one of [context, parents, others]) await one.close();
});
