import { type Browser, expect, test } from '@playwright/test';
import { midwife, register } from './register.ts';
import { messageTo, newEmail, signIn } from './sign-in.ts';
import { soundPages } from './sound-pages.ts';

/** Somebody registered in Quimper, in a browser of their own without JavaScript, on a phone. */
const professional = async (browser: Browser, baseURL: string | undefined, name: string) => {
  const context = await browser.newContext({
    ...{ javaScriptEnabled: false, viewport: { width: 360, height: 740 } },
    ...(baseURL ? { baseURL } : {}),
  });
  const page = await context.newPage();
  const email = newEmail('pro');
  await signIn(page, email, '/professionnels/espace');
  await register(page, midwife(name));
  return { page, email, name, context };
};

test('a midwife finds who works around her, joins a network, and writes without showing her address', async ({
  browser,
  baseURL,
}) => {
  const number = newEmail('x').slice(2, 10);
  const walked: string[] = [];
  const camille = await professional(browser, baseURL, `Camille Essai ${number}`);
  const dominique = await professional(browser, baseURL, `Dominique Essai ${number}`);
  const network = `Réseau de Quimper ${number}`;

  // One opens a network for the commune.
  await camille.page.goto('/professionnels/espace/reseaux');
  await camille.page.locator('[name=name]').fill(network);
  await camille.page.locator('[name=territory]').selectOption({ label: 'Quimper' });
  await camille.page.locator('[name=purpose]').fill('Se connaître, mieux orienter.');
  await camille.page.getByRole('button', { name: 'Ouvrir le réseau' }).click();
  await expect(camille.page.getByRole('heading', { level: 1 })).toHaveText(network);
  const room = camille.page.url();

  // The other finds the page of her territory, with who arrived and the network, and asks to join.
  const { page } = dominique;
  await page.goto('/professionnels/espace');
  await page.getByRole('link', { name: 'Territoires' }).click();
  walked.push(page.url());
  await page.getByRole('link', { name: 'Quimper', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Les professionnels à Quimper');
  await expect(page.locator('main')).toContainText(camille.name);
  await expect(page.locator('main')).toContainText('Priorités sans personne de connu');
  walked.push(page.url());
  await page.getByRole('link', { name: network }).click();
  await page.locator('[name=words]').fill('Sage-femme à Quimper depuis peu.');
  await page.getByRole('button', { name: 'Demander à rejoindre' }).click();
  await expect(page.getByRole('status')).toContainText('Votre demande est partie');

  await camille.page.goto(room);
  await camille.page.getByRole('button', { name: `Accepter ${dominique.name}`, exact: true }).click();
  await expect(camille.page.getByRole('status')).toContainText('C’est noté');
  await camille.page.locator('[name=metOn_jour]').fill('3');
  await camille.page.locator('[name=metOn_mois]').fill('11');
  await camille.page.locator('[name=metOn_annee]').fill('2026');
  await camille.page.locator('[name=title]').fill('Rencontre à la PMI');
  await camille.page.locator('#note').fill('Nous étions <b>sept</b>.');
  await camille.page.getByRole('button', { name: 'Garder la note' }).click();
  await expect(camille.page.locator('main')).toContainText('Nous étions <b>sept</b>.');

  // Inside: the members, the notes, the directory to print.
  await page.goto(room);
  await expect(page.locator('main')).toContainText('Rencontre à la PMI');
  walked.push(page.url());
  for (const format of ['A4', 'A5']) {
    const booklet = await page.request.get(`${room}/annuaire.pdf?format=${format}`);
    expect([booklet.status(), booklet.headers()['content-type']]).toEqual([200, 'application/pdf']);
    expect((await booklet.body()).subarray(0, 5).toString()).toBe('%PDF-');
  }
  const sheet = await page.request.get(`${room}/annuaire.csv`);
  expect(await sheet.text()).toContain(camille.name);

  // She writes by the relay; the answer comes back by the link of the mail, without signing in.
  await page
    .getByRole('link', { name: `Écrire à ${camille.name}` })
    .first()
    .click();
  await page.locator('[name=text]').fill('Bonjour, prenons-nous un café ?');
  walked.push(page.url());
  await page.getByRole('button', { name: 'Envoyer' }).click();
  await expect(page.getByRole('status')).toContainText('C’est parti');
  const mail = await messageTo(page, camille.email);
  expect(mail).toContain('Bonjour, prenons-nous un café ?');
  expect(mail).not.toContain(dominique.email);
  const [, link = ''] = /(\/relais\/[\w-]{43})/.exec(mail) ?? [];
  const visitor = await browser.newContext({ javaScriptEnabled: false, ...(baseURL ? { baseURL } : {}) });
  const reader = await visitor.newPage();
  await reader.goto(link);
  await expect(reader.locator('blockquote')).toHaveText('Bonjour, prenons-nous un café ?');
  await reader.locator('[name=text]').fill('Avec plaisir.');
  await reader.getByRole('button', { name: 'Envoyer la réponse' }).click();
  await expect(reader.getByRole('status')).toContainText('Votre réponse est partie');
  expect(await messageTo(page, dominique.email)).toContain('Avec plaisir.');

  // One click of the mail programme, which says no origin, stops everything.
  const stopped = await reader.request.post(`${link}/desabonnement`, {
    ...{ form: { 'List-Unsubscribe': 'One-Click' }, headers: { accept: 'text/html' } },
  });
  expect(stopped.status()).toBe(200);
  await page.locator('[name=text]').fill('Encore moi.');
  await page.getByRole('button', { name: 'Envoyer' }).click();
  await expect(page.getByRole('alert')).toContainText('ne peut pas être remis');

  // She leaves in one tap, and the notes are no longer hers to read.
  await page.goto(room);
  await page.getByRole('button', { name: 'Quitter ce réseau' }).click();
  await expect(page).toHaveURL(/\/professionnels\/espace\/reseaux$/);
  expect((await page.request.get(`${room}/annuaire.pdf`)).status()).toBe(404);
  await page.goto(room);
  await expect(page.locator('main')).not.toContainText('Rencontre à la PMI');

  await soundPages(browser, camille.page, [
    ...walked,
    room,
    link,
    `${link}/desabonnement`,
    '/professionnels/espace/messages',
  ]);
  for (const one of [camille.context, dominique.context, visitor]) await one.close();
});
