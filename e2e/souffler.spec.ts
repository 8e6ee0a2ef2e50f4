import { expect, type Page, test } from '@playwright/test';
import { entrust } from './entrusted.ts';
import { association, midwife, register } from './register.ts';
import { messageTo, newEmail, signIn } from './sign-in.ts';
import { soundPages } from './sound-pages.ts';

test('a structure announces a free place, a parent sees it in one list, and it closes in one tap', async ({
  browser,
  baseURL,
}) => {
  const context = await browser.newContext({ javaScriptEnabled: false, ...(baseURL ? { baseURL } : {}) });
  const page = await context.newPage();
  const code = newEmail('x').slice(2, 10);
  await signIn(page, newEmail('halte'), '/professionnels/inscription');
  await register(page, midwife(`Halte ${code}`));
  await page.goto('/professionnels/espace');
  const [, id = ''] = /\/professionnels\/espace\/([0-9a-f-]{36})/.exec(await page.content()) ?? [];
  await page.goto(`/professionnels/espace/${id}/places-libres`);
  // Tomorrow: a part of today may be over.
  const tomorrow = Temporal.Now.plainDateISO('Europe/Paris').add({ days: 1 }).toString();
  await page.locator('[name=day]').fill(tomorrow);
  await page.locator('[name=count]').fill('2');
  await page.getByRole('button', { name: 'Annoncer' }).click();
  await expect(page.getByRole('status')).toBeVisible();
  const close = page.getByRole('button', { name: /^Fermer/ });
  await expect(close).toHaveCount(1);

  const parent = await context.newPage();
  const mine = parent.locator('li', { hasText: code });
  await parent.goto('/souffler?besoin=garde&quand=bientot&commune=Quimper&code=29232');
  await expect(mine).toHaveCount(1);
  await expect(mine).toContainText('2 places');

  await close.click();
  await expect(page.getByRole('heading', { name: 'Rien d’annoncé pour le moment' })).toBeVisible();
  await parent.goto('/souffler?besoin=garde&quand=bientot&commune=Quimper&code=29232');
  await expect(parent.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(mine.filter({ hasText: '2 places' })).toHaveCount(0);
  await context.close();
});

test('a family asks for an evening, an organisation that knows its volunteers brings them together, each says yes', async ({
  browser,
  baseURL,
}) => {
  const open = async (): Promise<Page> =>
    (await browser.newContext({ javaScriptEnabled: false, ...(baseURL ? { baseURL } : {}) })).newPage();
  const page = await open();
  const organiser = newEmail('odile');
  const name = `Garde d’Essai ${organiser.slice(6, 14)}`;
  await signIn(page, organiser, '/professionnels/espace');
  await register(page, association(name));
  entrust(organiser, 'departement:61');
  await page.goto('/professionnels/espace');
  await page.getByRole('heading', { level: 2 }).getByRole('link', { name }).click();
  await page.getByRole('link', { name: 'Garde solidaire' }).click();
  const space = page.url();
  await page.locator('[name=words]').fill('Nous rencontrons chaque bénévole deux fois.');
  await page.getByRole('button', { name: 'Envoyer pour relecture' }).click();
  await expect(page.getByRole('status')).toContainText('C’est envoyé');
  const moderation = '/professionnels/espace/moderation/garde';
  await page.goto(moderation);
  await page.getByRole('button', { name: new RegExp(`^Ouvrir.*${name}$`) }).click();
  await expect(page.getByRole('status')).toContainText('C’est noté');
  await page.goto(space);
  const volunteer = newEmail('sam');
  await page.getByText('Ajouter une personne que vous connaissez').click();
  await page.locator('[name=name]').fill('Sam');
  await page.locator('[name=email]').fill(volunteer);
  await page.getByRole('button', { name: 'Ajouter' }).click();
  await expect(page.getByRole('status')).toContainText('se retirer en un geste');

  // A family asks; where it stands is in its mailbox alone.
  const parent = await open();
  await parent.goto('/souffler?besoin=garde&quand=bientot&commune=Alen%C3%A7on&code=61001');
  await parent.getByRole('link', { name }).click();
  const asking = parent.url();
  const family = newEmail('famille');
  await parent.locator('[name=part]').first().check();
  await parent.locator('[name=day]').fill(Temporal.Now.plainDateISO('Europe/Paris').add({ days: 5 }).toString());
  await parent.locator('[name=ages]').first().check();
  await parent.locator('[name=name]').fill('Alex');
  await parent.locator('[name=email]').fill(family);
  await parent.getByRole('button', { name: 'Envoyer ma demande' }).click();
  await expect(parent.getByRole('status')).toContainText('Regardez votre messagerie');
  const pageOf = async (email: string): Promise<string> =>
    /\/souffler\/garde\/[\w-]{43}/.exec(await messageTo(page, email))?.[0] ?? '';
  const own = await pageOf(family);
  await parent.goto(own);
  await expect(parent.locator('main')).toContainText('L’organisme cherche quelqu’un');

  await page.goto(space);
  await page.getByRole('button', { name: 'Proposer', exact: true }).click();
  await expect(page.getByRole('status')).toContainText('sont prévenues');
  const helper = await open();
  const helping = await pageOf(volunteer);
  await helper.goto(helping);
  await expect(helper.locator('main')).toContainText('Alex cherche quelqu’un');
  await helper.getByRole('button', { name: 'Je suis d’accord' }).click();
  await expect(helper.getByRole('status')).toContainText('C’est noté');
  await expect(helper.locator('main')).not.toContainText(family);
  await parent.goto(own);
  await parent.getByRole('button', { name: 'Je suis d’accord' }).click();
  await expect(parent.getByRole('link', { name: volunteer })).toBeVisible();
  await helper.goto(helping);
  await expect(helper.getByRole('link', { name: family })).toBeVisible();

  // Something goes wrong: it is said to the organisation, and to who answers for the territory.
  await helper.getByText('Signaler un problème').click();
  await helper.locator('[name=words]').fill('Personne à l’adresse dite.');
  await helper.getByRole('button', { name: 'Envoyer' }).click();
  await expect(helper.getByRole('status')).toContainText(name);
  await page.goto(moderation);
  await expect(page.locator('main')).toContainText('Personne à l’adresse dite.');
  await soundPages(browser, page, [space, moderation, asking, own, helping]);
  await page.getByRole('button', { name: new RegExp(`^C’est traité.*${name}`) }).click();
  await expect(page.getByRole('status')).toContainText('C’est noté');
  await expect(page.locator('main')).not.toContainText('Personne à l’adresse dite.');
});
