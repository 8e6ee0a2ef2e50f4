import { expect, test } from '@playwright/test';
import { entrust } from './entrusted.ts';
import { messageTo, newEmail, signIn } from './sign-in.ts';
import { soundPages } from './sound-pages.ts';

const slug = 'maison-des-alpes-maritimes-des-1000-premiers-jours';

test.describe('an imported page finds who keeps it, without JavaScript, on a phone', () => {
  test.use({ javaScriptEnabled: false, actionTimeout: 10_000 });

  test('by the code of a letter that the moderators print; then its corrections appear at once', async ({
    page,
    browser,
    baseURL,
  }) => {
    const options = { javaScriptEnabled: false, ...(baseURL ? { baseURL } : {}) };
    const moderator = await (await browser.newContext(options)).newPage();
    const pmi = newEmail('pmi');
    await signIn(moderator, pmi);
    entrust(pmi, 'departement:06');

    // The territory asks whether its pages are right: who has none of ours yet answers from the link of a message.
    await moderator.goto('/professionnels/espace/campagnes?territoire=departement:06');
    await moderator.getByRole('button', { name: 'Lancer la campagne' }).click();
    await expect(moderator).toHaveURL(/\/campagnes\/[0-9a-f-]{36}$/);
    const queue = [moderator.url()];
    const answering = /\/professionnels\/a-jour\/[\w-]{43}/;
    let link: string | undefined;
    await expect(async () => {
      link = answering.exec(await messageTo(moderator, '1000joursnice@departement06.fr'))?.[0];
      expect(link).toBeDefined();
    }).toPass({ timeout: 30_000 });
    await page.goto(link ?? '');
    await expect(page.getByRole('button', { name: 'Tout est toujours exact' })).toBeVisible();

    await signIn(page, newEmail('directrice'));
    await page.goto(`/lieux/${slug}`);
    await page.getByRole('link', { name: 'C’est votre structure' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toContainText('C’est votre structure');
    const walked = [link ?? '', page.url()];
    await page.locator('[name=proof][value=post]').check();
    await page.locator('[name=words]').fill('J’en suis la directrice.');
    await page.getByRole('button', { name: 'Demander à tenir cette fiche' }).click();
    await expect(page.locator('main')).toContainText('vont envoyer une lettre');
    const claim = page.url();
    // Nothing is theirs yet: what they correct waits.
    await page.goto(`/professionnels/espace/corriger?lieu=${slug}`);
    walked.push(page.url());
    await page.locator('[name=hours-0]').fill('le matin');
    await page.getByRole('button', { name: 'Envoyer la correction' }).click();
    await expect(page.getByRole('alert')).toContainText('Une ligne est à revoir');
    await expect(page.locator('[name=hours-0]')).toHaveValue('le matin');
    await page.locator('[name=hours-0]').fill('');
    await page.locator('[name=hours_note]').fill('Sonnez deux fois.');
    await page.getByRole('button', { name: 'Envoyer la correction' }).click();
    await expect(page.getByRole('status')).toContainText('C’est envoyé aux personnes chargées du territoire');

    await moderator.goto('/professionnels/espace/moderation');
    queue.push(moderator.url());
    await moderator
      .getByRole('row', { name: /Demande de tenir une fiche/ })
      .getByRole('link')
      .click();
    await expect(moderator.locator('main')).toContainText('J’en suis la directrice.');
    queue.push(moderator.url());
    await moderator.getByRole('link', { name: 'Préparer la lettre' }).click();
    queue.push(moderator.url());
    await moderator.getByRole('button', { name: 'Préparer la lettre' }).click();
    await expect(moderator.locator('article')).toContainText('172 avenue de la Californie');
    const code = (await moderator.locator('article .code').textContent()) ?? '';

    await page.goto(claim);
    walked.push(claim);
    await page.locator('[name=code]').fill('aaaaa-aaaaa');
    await page.getByRole('button', { name: 'Donner le code' }).click();
    await expect(page.locator('main')).toContainText('Ce n’est pas le code de la lettre');
    await page.locator('[name=code]').fill(code.toUpperCase());
    await page.getByRole('button', { name: 'Donner le code' }).click();
    await expect(page.locator('main')).toContainText('Votre équipe tient cette fiche');
    await page.getByRole('link', { name: 'Corriger la fiche' }).click();
    await page.locator('[name=hours_note]').fill('Sonnez une seule fois.');
    await page.getByRole('button', { name: 'Envoyer la correction' }).click();
    await expect(page.getByRole('status')).toContainText('C’est corrigé');
    await page.goto(`/lieux/${slug}`);
    await expect(page.locator('main')).toContainText('Sonnez une seule fois.');
    // Who keeps a page and corrects it says by that that all of it is right.
    await expect(page.locator('main')).toContainText(/Vérifié (aujourd’hui|hier)/);

    await page.goto('/professionnels/espace');
    walked.push(page.url());
    await soundPages(browser, page, [
      ...walked,
      '/professionnels/espace/corriger?service=accueil-du-jeune-enfant-dans-le-baby-bus',
    ]);
    const desk = '/professionnels/espace/moderation';
    await soundPages(browser, moderator, [
      ...[...queue, `${desk}/doublons`, `${desk}/signalements`, '/professionnels/espace/doublon', '/mon-compte/roles'],
      '/professionnels/espace/campagnes?territoire=departement:06',
    ]);
    await moderator.context().close();
  });

  test('what is written when the session ends is kept, and sent again once signed in', async ({ page }) => {
    const email = newEmail('longue');
    await signIn(page, email, '/professionnels/inscription');
    await page.getByRole('button', { name: 'Commencer une inscription' }).click();
    await page.locator('[name=as][value=alone]').check();
    await page.locator('[name=name]').fill('Camille « Essai » <b>');
    await page.locator('[name=profession]').selectOption('sage-femme');
    await page.context().clearCookies();
    await page.getByRole('button', { name: 'Garder et continuer' }).click();
    await expect(page.locator('main')).toContainText('Rien n’est perdu');
    const tab = await page.context().newPage();
    await signIn(tab, email, '/professionnels/espace');
    await page.getByRole('button', { name: 'garder ce que j’ai écrit' }).click();
    await expect(page).toHaveURL(/\/lieux$/);
    await page.getByRole('link', { name: 'Revenir à l’étape d’avant' }).click();
    await expect(page.locator('[name=name]')).toHaveValue('Camille « Essai » <b>');
  });
});
