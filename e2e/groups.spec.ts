import { expect, type Page, test } from '@playwright/test';
import { entrust } from './entrusted.ts';
import { tell } from './family.ts';
import { association, register } from './register.ts';
import { messageTo, newEmail, signIn } from './sign-in.ts';
import { soundPages } from './sound-pages.ts';

const ALENCON = '61001';

/** The link of the newest message to somebody. */
const placeOf = async (page: Page, email: string): Promise<string> =>
  /\/groupes\/ma-place\/[\w-]{43}/.exec(await messageTo(page, email))?.[0] ?? '';

/** A family asks, and answers from its message. `page`: where messages are read. */
const wait = async (family: Page, page: Page, email: string, month: string): Promise<void> => {
  await family.goto(`/groupes?code=${ALENCON}`);
  await family.locator('[name=month]').selectOption(month);
  await family.locator('[name=name]').fill('Lune');
  await family.locator('[name=email]').fill(email);
  await family.getByRole('button', { name: 'Demander une place' }).click();
  await expect(family.getByRole('status')).toContainText('Regardez vos messages');
  await family.goto(await placeOf(page, email));
  await family.getByRole('button', { name: 'Oui, confirmer' }).click();
  await expect(family.getByRole('status')).toContainText('C’est noté');
};

test('parents of one month wait, somebody animates their group, one reports it, one leaves after a loss without a word', async ({
  browser,
  baseURL,
}) => {
  const phone = { viewport: { width: 360, height: 740 }, ...(baseURL ? { baseURL } : {}) };
  const open = async (javaScriptEnabled: boolean): Promise<Page> =>
    (await browser.newContext({ ...phone, javaScriptEnabled })).newPage();
  const page = await open(false);
  const animator = newEmail('odile');
  const name = `Parents d’Essai ${animator.slice(6, 14)}`;
  await signIn(page, animator, '/professionnels/espace');
  await register(page, association(name));
  entrust(animator, 'departement:61');
  await page.goto('/professionnels/espace');
  await page.getByRole('heading', { level: 2 }).getByRole('link', { name }).click();
  await page.getByRole('link', { name: 'Groupes de parents' }).click();
  const space = page.url();
  await page.locator('[name=groups][value=naissance]').check();
  await page.locator('[name=groups][value=peres]').check();
  await page.locator('[name=words]').fill('Une éducatrice, le mardi matin.');
  await page.getByRole('button', { name: 'Envoyer pour relecture' }).click();
  await expect(page.getByRole('status')).toContainText('C’est envoyé');
  const moderation = '/professionnels/espace/moderation/groupes';
  await page.goto(moderation);
  await page.getByRole('button', { name: new RegExp(`^Ouvrir.*${name}$`) }).click();
  await expect(page.getByRole('status')).toContainText('C’est noté');

  const month = Temporal.Now.plainDateISO('Europe/Paris').add({ months: 3 }).toString().slice(0, 7);
  const [first, second] = [newEmail('ana'), newEmail('bob')];
  const ana = await open(true);
  await tell(ana, { situation: 'J’attends un enfant', days: 91 });
  await wait(ana, page, first, month);
  await expect(ana.locator('main')).toContainText(`${name} peut en animer un`);
  await expect(ana.locator('main')).toContainText('Ce n’est pas une promesse');
  const bob = await open(false);
  await wait(bob, page, newEmail('eve'), month);
  await wait(bob, page, second, month);

  await page.goto(space);
  await page.getByRole('button', { name: 'Animer ce groupe' }).click();
  await expect(page.getByRole('status')).toContainText('Le groupe est formé');
  await page.getByRole('link', { name: 'Proposer une date' }).click();
  await page.locator('[name=title]').fill('Premier café');
  await page.locator('[name=commune]').fill('Alençon (Orne)');
  await page
    .locator('[name=day]')
    .fill(Temporal.Now.plainDateISO('Europe/Paris').add({ days: 20 }).toString().split('-').reverse().join('/'));
  await page.locator('[name=hour]').fill('9h30');
  await page.getByRole('button', { name: 'Proposer au groupe' }).click();
  await expect(page.getByRole('status')).toContainText('La date est proposée');
  await page.locator('[name=text]').fill('Bienvenue à tous.');
  await page.getByRole('button', { name: 'Envoyer', exact: true }).click();
  await expect(page.getByRole('status')).toContainText('C’est parti');

  await bob.goto(await placeOf(page, second));
  await expect(bob.getByRole('heading', { level: 1 })).toHaveText('Vous avez un groupe.');
  for (const told of ['Premier café', 'Bienvenue à tous.', name]) {
    await expect(bob.locator('main')).toContainText(told);
  }
  const many = bob.locator('dd').filter({ hasText: /^\d+ familles$/ });
  const count = (await many.textContent()) ?? '';
  await bob.getByRole('button', { name: 'Signaler' }).click();
  await expect(bob.getByRole('status')).toContainText('Conseil départemental, Orne');

  // A device that keeps a path keeps the way out of the group beside it.
  const own = await placeOf(page, first);
  await ana.goto(own);
  await expect.poll(() => ana.evaluate(() => localStorage.length)).toBe(1);
  await ana.goto('/mon-parcours#perte');
  await ana.getByRole('button', { name: 'Tout arrêter pour cet enfant' }).click();
  await ana.getByRole('button', { name: 'Quitter aussi mon groupe de parents' }).click();
  await expect(ana.getByText('Personne n’est prévenu')).toBeVisible();
  await ana.goto(own);
  await expect(ana.getByRole('heading', { level: 1 })).toHaveText('Ce lien ne sert plus');
  await bob.goto(await placeOf(page, second));
  await expect(many).toHaveText(count);

  await soundPages(browser, page, [space, moderation, new URL(bob.url()).pathname]);
  // The gesture of a mail programme: no browser, no origin.
  const stop = await page.request.post(`${new URL(bob.url()).pathname}/desabonnement`, {
    form: { 'List-Unsubscribe': 'One-Click' },
  });
  expect(stop.status()).toBe(200);
  await bob.goto(bob.url());
  await expect(bob.getByRole('heading', { level: 1 })).toHaveText('Ce lien ne sert plus');
});
