import { expect, type Page, test } from '@playwright/test';
import { fitsInWidth } from './pages.ts';
import { newEmail, signIn } from './sign-in.ts';
import { soundPages } from './sound-pages.ts';

const next = (page: Page) => page.getByRole('button', { name: 'Garder et continuer' }).click();

test.describe('a professional registers, without JavaScript, on a phone', () => {
  test.use({ javaScriptEnabled: false, actionTimeout: 10_000 });

  test('is found near the parents, and may show an attestation that anybody can check', async ({
    page,
    browser,
    baseURL,
  }) => {
    const walked: string[] = [];
    const code = newEmail('x').slice(2, 10);
    const who = `Camille Essai ${code}`;
    const words = 'Je propose l’entretien prénatal précoce <b>à tous</b> les couples.';

    await page.goto('/professionnels');
    walked.push(page.url());
    await page.getByRole('link', { name: 'S’inscrire, ou reprendre' }).click();
    await expect(page).toHaveURL(/\/connexion\?suite=%2Fprofessionnels%2Finscription$/);
    await signIn(page, newEmail('camille'), '/professionnels/inscription');
    walked.push(page.url());
    await page.getByRole('button', { name: 'Commencer une inscription' }).click();

    await next(page);
    await expect(page.getByRole('alert')).toContainText('lignes sont à revoir');
    walked.push(page.url());
    await page.locator('[name=as][value=alone]').check();
    await page.locator('[name=name]').fill(who);
    await page.locator('[name=profession]').selectOption('sage-femme');
    await next(page);

    await page.locator('[name=places-0-line]').fill('1 rue de l’Essai');
    await page.locator('[name=places-0-commune]').fill('Quimper');
    await page.getByText('Horaires (facultatif)').click();
    await page.locator('[name=places-0-hours-0]').fill('9h-12h30 et 14h-18h');
    walked.push(page.url());
    // Leaving and coming back loses nothing.
    await page.getByRole('button', { name: 'Garder et revenir plus tard' }).click();
    await expect(page.getByRole('status')).toContainText('C’est gardé');
    walked.push(page.url());
    await page.getByRole('link', { name: who }).click();
    await next(page);
    await expect(page.locator('[name=places-0-commune]')).toHaveValue('Quimper (Finistère)');
    await next(page);

    await page.locator('[name=services-0-name]').fill(`Consultations de ${who}`);
    walked.push(page.url());
    await next(page);
    await page.locator('[name=priorities][value="2"]').check();
    await page.locator('[name=words-2]').fill(words);
    walked.push(page.url());
    await next(page);
    await page.locator('[name=phone]').fill('02 98 00 00 00');
    walked.push(page.url());
    await next(page);
    await expect(page.locator('main')).toContainText('02 98 00 00 00');
    walked.push(page.url());
    await page.getByRole('button', { name: 'Envoyer mon inscription' }).click();
    await expect(page.getByRole('status')).toContainText('C’est en ligne');
    walked.push(page.url());
    const space = page.url();

    await expect(async () => {
      await page.goto(`/autour-de-moi?commune=Quimper&code=29232&q=${code}`);
      await expect(page.locator('main')).toContainText(`Consultations de ${who}`, { timeout: 2_000 });
    }).toPass({ timeout: 30_000 });

    await page.goto(space);
    await page.getByRole('link', { name: 'Voir la page que chacun peut vérifier' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Attestation valable');
    // What was typed is shown as it was typed, never as a page.
    await expect(page.locator('main')).toContainText(words);
    walked.push(page.url());
    const label = page.url();
    for (const [kind, type] of [
      ['svg', 'image/svg+xml'],
      ['png', 'image/png'],
    ] as const) {
      const badge = await page.request.get(`${label}/badge.${kind}`);
      expect([badge.status(), badge.headers()['content-type']?.split(';')[0]]).toEqual([200, type]);
    }
    await page.goto(`${label}/affiche`);
    await expect(page.locator('article')).toContainText(who);
    walked.push(page.url());
    await page.goto(label.replace('/label/', '/integrer/cadre/label/'));
    await expect(page.getByRole('link', { name: who })).toBeVisible();
    expect(await fitsInWidth(page)).toBe(true);

    // What there is to do, once one is listed.
    walked.push('/professionnels/espace', `${space.split('?')[0]}/fermer`);
    await soundPages(browser, page, walked);

    // Somebody else who is signed in finds nothing there.
    const other = await browser.newContext({ javaScriptEnabled: false, ...(baseURL ? { baseURL } : {}) });
    const stranger = await other.newPage();
    await signIn(stranger, newEmail('autre'), '/professionnels/espace');
    expect((await stranger.goto(space))?.status()).toBe(404);
    await expect(stranger.locator('main')).not.toContainText(who);
    await other.close();
  });
});
