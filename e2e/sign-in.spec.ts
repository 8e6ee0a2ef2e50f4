import { expect, type Page, test } from '@playwright/test';
import { fitsInWidth, hydrated } from './pages.ts';
import { messageTo, newEmail, signIn } from './sign-in.ts';
import { faultsOf } from './sound.ts';

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('by the link of the message: opened by a program it keeps serving, pressed once it is dead', async ({
    page,
    request,
    browser,
  }) => {
    const email = newEmail('odile');
    await page.goto('/mon-compte/donnees');
    await expect(page).toHaveURL('/connexion?suite=%2Fmon-compte%2Fdonnees');
    await page.locator('[name=email]').fill('odile');
    await page.getByRole('button', { name: 'Recevoir le message' }).click();
    await expect(page.getByText('Il manque quelque chose à cette adresse')).toBeVisible();
    await expect(page.locator('[name=email]')).toHaveValue('odile');
    await page.locator('[name=email]').fill(email);
    await page.getByRole('button', { name: 'Recevoir le message' }).click();

    const link = /http\S+jeton=\S+/.exec(await messageTo(page, email))?.[0] ?? '';
    for (let reader = 0; reader < 3; reader += 1) expect((await request.get(link)).status()).toBe(200);
    // On another device.
    const other = await browser.newContext({ javaScriptEnabled: false });
    const phone = await other.newPage();
    await phone.goto(link);
    await phone.getByRole('button', { name: 'Me connecter' }).click();
    await expect(phone).toHaveURL(/\/mon-compte\/donnees$/);
    await expect(phone.getByText(email).first()).toBeVisible();
    await phone.goto(link);
    await expect(phone.getByRole('heading', { level: 1 })).toHaveText('Ce lien ne peut plus servir');
    await other.close();
  });

  test('by the code; wrong codes are told, then the message is dead', async ({ page }) => {
    const email = newEmail('paul');
    await page.goto('/connexion');
    await page.locator('[name=email]').fill(email);
    await page.getByRole('button', { name: 'Recevoir le message' }).click();
    const code = /\d{3} \d{3}/.exec(await messageTo(page, email))?.[0]?.replace(' ', '') ?? '';
    for (let tries = 1; tries <= 5; tries += 1) {
      await page.locator('[name=code]').fill(code === '111111' ? '222222' : '111111');
      await page.getByRole('button', { name: 'Continuer' }).click();
      await expect(page.getByText(tries < 5 ? 'Ce n’est pas le code' : 'Ce code ne peut plus servir')).toBeVisible();
    }
    await page.locator('[name=code]').fill(code);
    await page.getByRole('button', { name: 'Continuer' }).click();
    await expect(page.getByText('Ce code ne peut plus servir')).toBeVisible();
  });

  test('an account from its first day to its erasure', async ({ page, browser }) => {
    const email = newEmail('ines');
    await signIn(page, email);
    await page.locator('[name=name]').fill('Inès Exemple');
    await page.getByRole('button', { name: 'Enregistrer mon nom' }).click();
    await expect(page.getByRole('status')).toContainText('Votre nom est enregistré');

    const elsewhere = await browser.newContext({ javaScriptEnabled: false });
    const phone = await elsewhere.newPage();
    await signIn(phone, email, '/mon-compte/acces');
    await expect(phone.getByRole('button', { name: /^Fermer.:/ })).toHaveCount(2);
    await phone.getByRole('button', { name: 'Fermer partout sauf ici' }).click();
    await expect(phone.getByRole('button', { name: /^Fermer.:/ })).toHaveCount(1);
    await page.goto('/mon-compte');
    await expect(page).toHaveURL(/\/connexion\?suite=/);

    const next = newEmail('ines');
    await phone.goto('/mon-compte');
    await phone.locator('[name=email]').fill(next);
    await phone.getByRole('button', { name: 'Changer d’adresse' }).click();
    const code = /\d{3} \d{3}/.exec(await messageTo(phone, next))?.[0] ?? '';
    await phone.locator('[name=code]').fill(code);
    await phone.getByRole('button', { name: 'Continuer' }).click();
    await expect(phone.getByRole('status')).toContainText('Votre adresse a changé');

    const copy = await (await elsewhere.request.get('/mon-compte/donnees/copie')).json();
    expect(copy.account).toMatchObject({ email: next, name: 'Inès Exemple' });
    await phone.goto('/mon-compte/donnees');
    await phone.getByRole('button', { name: 'Effacer mon compte' }).click();
    await expect(phone.getByText('Cochez la case')).toBeVisible();
    await phone.getByLabel('J’ai compris').check();
    await phone.getByRole('button', { name: 'Effacer mon compte' }).click();
    await expect(phone.getByRole('heading', { level: 1 })).toHaveText('Votre compte est effacé');
    await phone.goto('/mon-compte');
    await expect(phone).toHaveURL(/\/connexion\?suite=/);
    await elsewhere.close();
  });

  test('nobody is led to another site, and no other site signs anybody in or out', async ({ page, baseURL }) => {
    for (const suite of ['//evil.example', '/\\evil.example']) {
      await page.goto(`/connexion?${new URLSearchParams({ suite })}`);
      const email = newEmail('eve');
      await page.locator('[name=email]').fill(email);
      await page.getByRole('button', { name: 'Recevoir le message' }).click();
      const [code = ''] = /\d{3} \d{3}/.exec(await messageTo(page, email)) ?? [];
      await page.locator('[name=code]').fill(code);
      await page.getByRole('button', { name: 'Continuer' }).click();
      await expect(page).toHaveURL('/mon-compte');
      await page.getByRole('button', { name: 'Me déconnecter' }).click();
    }
    const email = newEmail('eve');
    await signIn(page, email);
    for (const address of ['/connexion/sortie', '/mon-compte/acces?/fermer', '/mon-compte/donnees?/effacer']) {
      const forged = await page.request.post(address, {
        headers: { origin: 'https://evil.example' },
        form: { id: '' },
      });
      expect(forged.status()).toBe(403);
    }
    await page.goto('/mon-compte');
    await expect(page.getByText(email).first()).toBeVisible();
    const [cookie] = (await page.context().cookies(baseURL)).filter(({ name }) => name.endsWith('mille-jours'));
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' });
    await page.getByRole('button', { name: 'Me déconnecter' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Votre connexion est fermée');
    // The cookie of before, put back: the session is closed on our side too.
    await page.context().addCookies(cookie ? [cookie] : []);
    await page.goto('/mon-compte');
    await expect(page).toHaveURL(/\/connexion\?suite=/);
  });

  test('a session slipped into the browser before is worth nothing after', async ({ page, baseURL }) => {
    const email = newEmail('fixe');
    await signIn(page, email);
    const tokenNow = async () =>
      (await page.context().cookies(baseURL)).find(({ name }) => name.endsWith('mille-jours'))?.value ?? '';
    const planted = await tokenNow();
    await page.goto('/connexion');
    await expect(page).toHaveURL(/\/mon-compte$/);
    await page.getByRole('button', { name: 'Me déconnecter' }).click();
    await page.context().addCookies([{ name: 'mille-jours', value: planted, url: baseURL ?? '' }]);
    await signIn(page, email);
    expect(await tokenNow()).not.toBe(planted);
  });
});

test('a team: an owner invites, the person accepts, is given another role, is removed and refused at once', async ({
  page,
  browser,
}) => {
  // Two people in two browsers, and three messages.
  await signIn(page, newEmail('responsable'), '/professionnels/inscription');
  await page.getByRole('button', { name: 'Commencer une inscription' }).click();
  await page.goto('/mon-compte');
  await page.locator('a[href^="/mon-compte/equipe/"]').click();
  const team = page.url();
  const email = newEmail('invitee');
  await page.locator('[name=email]').fill(email);
  await page.getByRole('button', { name: 'Envoyer l’invitation' }).click();
  await expect(page.getByRole('status')).toContainText('L’invitation est partie');
  expect(await messageTo(page, email)).toContain('pour modifier les fiches');
  expect(await faultsOf(page)).toEqual([]);
  await page.setViewportSize({ width: 320, height: 256 });
  expect(await fitsInWidth(page)).toBe(true);

  const elsewhere = await browser.newContext({ javaScriptEnabled: false });
  const invited = await elsewhere.newPage();
  await invited.goto(team);
  await signIn(invited, email);
  expect((await invited.goto(team))?.status()).toBe(404);
  await invited.goto('/mon-compte');
  await invited.getByRole('button', { name: 'Rejoindre l’équipe' }).click();
  await invited.goto(team);
  await expect(invited.getByRole('button', { name: 'Quitter cette équipe' })).toBeVisible();
  await expect(invited.getByRole('heading', { name: 'Inviter quelqu’un' })).toHaveCount(0);

  await page.goto(team);
  await page.getByLabel(`Rôle de ${email}`).selectOption('reader');
  await page.getByRole('button', { name: `Enregistrer\u00a0: ${email}` }).click();
  await expect(page.getByRole('status')).toContainText('C’est enregistré');
  await page.getByLabel(`Rôle de ${email}`).selectOption('sortir');
  await page.getByRole('button', { name: `Enregistrer : ${email}` }).click();
  await expect(page.getByText(email)).toHaveCount(0);
  expect((await invited.goto(team))?.status()).toBe(404);
  await elsewhere.close();
});

/** An authenticator inside the browser, as a telephone has one. */
const withAuthenticator = async (page: Page): Promise<void> => {
  const session = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable');
  await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
};

test('a passkey: added, its owner told, used to sign in, removed', async ({ page }) => {
  const email = newEmail('lea');
  await withAuthenticator(page);
  await signIn(page, email, '/mon-compte/acces');
  await hydrated(page);
  await page.locator('[name=name]').fill('Mon téléphone');
  await page.getByRole('button', { name: 'Ajouter une clé sur cet appareil' }).click();
  await expect(page.getByText('La clé d’accès est ajoutée.')).toBeVisible();
  await expect(page.getByText('Mon téléphone', { exact: true })).toBeVisible();
  expect(await messageTo(page, email)).toContain('Mon téléphone');

  await page.getByRole('button', { name: 'Me déconnecter' }).click();
  await page.goto('/connexion?suite=/mon-compte/acces');
  await hydrated(page);
  await page.getByRole('button', { name: 'Utiliser ma clé d’accès' }).click();
  await expect(page).toHaveURL(/\/mon-compte\/acces$/);
  await expect(page.getByText(/Ajoutée le .*, utilisée le/)).toBeVisible();

  await page.getByRole('button', { name: /^Retirer.*Mon téléphone/ }).click();
  await expect(page.getByText('La clé d’accès est retirée.')).toBeVisible();
  await page.getByRole('button', { name: 'Me déconnecter' }).click();
  await page.goto('/connexion');
  await hydrated(page);
  await page.getByRole('button', { name: 'Utiliser ma clé d’accès' }).click();
  await expect(page.getByRole('alert')).toContainText('n’a pas été reconnue');
});

test('the pages of the account: axe finds nothing, and they fit in 320 px', async ({ page }) => {
  await signIn(page, newEmail('axe'));
  for (const address of ['/mon-compte', '/mon-compte/acces', '/mon-compte/donnees']) {
    await page.goto(address);
    expect(await faultsOf(page), address).toEqual([]);
    await page.setViewportSize({ width: 320, height: 256 });
    expect([address, await fitsInWidth(page)]).toEqual([address, true]);
    await page.setViewportSize({ width: 360, height: 740 });
  }
});
