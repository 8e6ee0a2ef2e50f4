import { readFileSync } from 'node:fs';
import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import { fillDay, inDays } from './days.ts';
import { documentOf, expecting, keepFamily, openStart as open, storageOf, view, watch } from './device.ts';
import { fitsInWidth, hydrated } from './pages.ts';
import { faultsOf } from './sound.ts';

test('three questions, none of them a name, then what matters this week', async ({ page }) => {
  await expecting(page);
  await expect(page.getByText('28 semaines d’aménorrhée')).toBeVisible();
  await expect(page.locator('article')).toHaveCount(3);
  await expect(page.getByRole('link', { name: 'Un temps pour parler, avant la naissance' }).first()).toBeVisible();
  await page.reload();
  await expect(page.getByText('28 semaines d’aménorrhée')).toBeVisible();
});

test('every question can be passed', async ({ page }) => {
  await open(page);
  await page.getByRole('button', { name: 'Passer' }).click();
  await expect(page.getByText('Un projet d’enfant', { exact: true })).toBeVisible();
});

test.describe('what cannot be is said, and nothing is lost', () => {
  for (const [name, situation, days, sentence] of [
    ['a birth to come', 'J’ai un enfant de moins de 3 ans', 3, 'n’est pas encore passée'],
    ['sixty weeks of pregnancy', 'J’attends un enfant', -133, 'plus de 45 semaines'],
    ['due in two years', 'J’attends un enfant', 730, 'trop loin'],
  ] as const) {
    test(name, async ({ page }) => {
      await open(page);
      await page.getByText(situation).click();
      await fillDay(page, 0, days);
      await page.getByRole('button', { name: 'Voir mon parcours' }).click();
      await expect(page.getByText(sentence)).toBeVisible();
      await expect(page.getByRole('textbox', { name: 'Année' })).toHaveValue(inDays(days).year);
    });
  }

  test('an impossible date, and nine children', async ({ page }) => {
    await open(page);
    await page.getByText('J’attends un enfant').click();
    await page.getByRole('textbox', { name: 'Jour' }).fill('31');
    await page.getByRole('textbox', { name: 'Mois' }).fill('4');
    await page.getByRole('textbox', { name: 'Année' }).fill('2027');
    await page.getByRole('button', { name: 'Voir mon parcours' }).click();
    await expect(page.getByText('Le 31/4/2027 n’existe pas')).toBeVisible();
    await fillDay(page, 0, 90);
    await page.getByLabel('Combien d’enfants').fill('9');
    await page.getByRole('button', { name: 'Voir mon parcours' }).click();
    await expect(page.getByText('8 enfants au plus')).toBeVisible();
  });

  test('a path written by a newer version is left as it is, and said', async ({ page }) => {
    await expecting(page);
    await page.evaluate(
      () =>
        new Promise<void>((resolve) => {
          const request = indexedDB.open('mille-jours');
          request.onsuccess = () => {
            const change = request.result.transaction('path', 'readwrite');
            change.objectStore('path').put({ text: '{"version":99}' }, 'kept');
            change.oncomplete = () => {
              request.result.close();
              resolve();
            };
          };
        }),
    );
    await page.reload();
    await expect(page.getByText('version plus récente')).toBeVisible();
  });
});

/** Everything that a family can do, on its device and on those it sends a link to. */
const wholeJourney = async (page: Page, context: BrowserContext): Promise<void> => {
  await expecting(page);
  await page.getByRole('link', { name: 'Un temps pour parler, avant la naissance' }).first().click();
  await expect(page.getByRole('heading', { level: 1, name: 'Un temps pour parler, avant la naissance' })).toBeFocused();
  await page.getByRole('button', { name: 'C’est fait' }).click();
  await page.getByLabel('Ma note').fill('Parler de la nuit');
  await page.getByLabel('Ma note').blur();
  for (const hash of ['a-venir', 'annee', 'outils', 'liste=call']) await view(page, hash);
  await view(page, 'entretien=avant');
  await page.getByText('La fatigue, le sommeil').click();
  await page.getByRole('button', { name: 'Montrer ou imprimer' }).click();
  await expect(page.getByRole('listitem').filter({ hasText: 'La fatigue, le sommeil' })).toBeVisible();
  await view(page, 'passe');
  await expect(page.getByText('Fait le')).toBeVisible();

  await view(page, 'agenda');
  const calendar = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Fabriquer le fichier' }).click();
  expect(readFileSync(await (await calendar).path(), 'utf8')).toContain('BEGIN:VEVENT');

  await view(page, 'inviter');
  const invitation = await page.getByLabel('Lien à envoyer').inputValue();
  await view(page, 'aide-proches');
  await page.getByText('Apporter un repas').click();
  await page.getByRole('button', { name: 'Faire le lien' }).click();
  const card = await page.getByLabel('Lien à envoyer').inputValue();

  await view(page, 'reglages');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Enregistrer une copie' }).click();
  const copy = await (await download).path();
  await page.getByLabel('Choisir un code').fill('la mer bleue');
  await page.getByRole('button', { name: 'Protéger avec ce code' }).click();
  await page.getByRole('button', { name: 'Verrouiller maintenant' }).click();
  await page.getByLabel('Code', { exact: true }).fill('la mer bleue');
  await page.getByRole('button', { name: 'Ouvrir' }).click();
  await page.getByRole('button', { name: 'Enlever le code' }).click();

  await view(page, 'situation');
  await page.getByText('Changer la date prévue').click();
  const redating = page.locator('details').filter({ hasText: 'Changer la date prévue' });
  await fillDay(redating, 0, 98);
  await redating.getByRole('button', { name: 'Changer la date' }).click();
  await expect(page.getByText('changé de date')).toBeVisible();

  await page.goto('/mon-parcours#perte');
  await page.getByRole('button', { name: 'Tout arrêter pour cet enfant' }).click();
  await expect(page.getByText('Vous ne recevrez plus rien')).toBeVisible();
  await view(page, 'apres');
  await page.getByRole('button', { name: 'C’était une erreur' }).click();
  await expect(page.getByText('Tout est revenu')).toBeVisible();

  await view(page, 'reglages');
  page.once('dialog', (dialog) => dialog.accept());
  await page.locator('input[type=file]').setInputFiles(copy);
  await page.getByRole('button', { name: 'Reprendre cette copie' }).click();
  await expect(page.getByText('La copie est reprise')).toBeVisible();
  await view(page, 'aujourdhui');
  await expect(page.getByText('28 semaines d’aménorrhée')).toBeVisible();

  const relative = await context.newPage();
  await relative.goto(card);
  await expect(relative.getByRole('listitem').filter({ hasText: 'Apporter un repas' }).first()).toBeVisible();
  const counter = await context.newPage();
  await counter.goto('/mon-parcours?ecran-partage');
  await counter.getByText('J’ai un enfant de moins de 3 ans').click();
  await fillDay(counter, 0, -40);
  await counter.getByRole('button', { name: 'Voir mon parcours' }).click();
  await counter.getByRole('link', { name: 'Partir avec son parcours' }).click();
  const leaving = await counter.getByLabel('Lien à envoyer').inputValue();
  await counter.getByRole('button', { name: 'Terminer et effacer l’écran' }).click();
  await expect(counter.getByRole('heading', { name: 'Où en êtes-vous ?' })).toBeVisible();

  await view(page, 'reglages');
  await page.getByLabel('ou le lien reçu').fill(leaving);
  await page.getByRole('button', { name: 'Reprendre cette copie' }).click();
  await page.getByRole('button', { name: 'Garder ce parcours ici' }).click();
  await expect(page.getByText('Votre enfant, 1 mois')).toBeVisible();
  await view(page, 'reglages');
  await page.getByRole('button', { name: 'Tout effacer', exact: true }).click();
  await page.getByRole('button', { name: 'Tout effacer, maintenant' }).click();
  await expect(page.getByText('Il ne reste rien de votre parcours')).toBeVisible({ timeout: 15_000 });

  const parent = await context.newPage();
  await parent.goto(invitation);
  await parent.getByRole('button', { name: 'Garder ce parcours ici' }).click();
  await expect(parent.getByText('28 semaines d’aménorrhée')).toBeVisible();
};

for (const temporal of [true, false]) {
  test(`the whole journey tells nobody anything${temporal ? '' : ', on a telephone without Temporal too'}`, async ({
    page,
    context,
  }) => {
    if (!temporal) await context.addInitScript(() => Reflect.deleteProperty(globalThis, 'Temporal'));
    // The site first keeps its own pages for when there is no network, the same for everybody.
    await page.goto('/mon-parcours');
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    const told = watch(context);
    await wholeJourney(page, context);
    expect(told).toEqual([]);
  });
}

test('a loss is told in two taps: everything stops, the calendar is emptied, and it can be taken back', async ({
  page,
}) => {
  await expecting(page);
  await page.getByRole('link', { name: 'Nous avons perdu notre bébé' }).click();
  await page.getByRole('button', { name: 'Tout arrêter pour cet enfant' }).click();
  await expect(page.getByText('Vous ne recevrez plus rien')).toBeVisible();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Retirer aussi les rendez-vous' }).click();
  const file = readFileSync(await (await download).path(), 'utf8');
  expect(file).toContain('STATUS:CANCELLED');
  expect(file).not.toMatch(/SUMMARY:(?!Rendez-vous\r)/);
  await page.goto('/mon-parcours#aujourdhui');
  await expect(page.locator('article')).toHaveCount(0);
  await expect(page.getByText('semaines')).toHaveCount(0);
  await view(page, 'apres');
  await page.getByRole('button', { name: 'C’était une erreur' }).click();
  await page.goto('/mon-parcours#aujourdhui');
  await expect(page.getByText('28 semaines d’aménorrhée')).toBeVisible();
});

test('a birth moves the path on', async ({ page }) => {
  await expecting(page, 3);
  await page.getByRole('link', { name: 'Notre enfant est né' }).click();
  await fillDay(page, 0, -2);
  await page.getByRole('button', { name: 'Enregistrer la naissance' }).click();
  await page.goto('/mon-parcours#aujourdhui');
  await expect(page.getByText('Votre enfant, 2 jours')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Déclarer la naissance' })).toBeVisible();
});

test('a code locks the path: nothing readable is left, and only the code opens', async ({ page }) => {
  await expecting(page);
  await view(page, 'reglages');
  await page.getByLabel('Choisir un code').fill('la mer bleue');
  await page.getByRole('button', { name: 'Protéger avec ce code' }).click();
  await expect(page.getByText('protégé par un code')).toBeVisible();
  const stored = await page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        const request = indexedDB.open('mille-jours');
        request.onsuccess = () => {
          const all = request.result.transaction('path').objectStore('path').getAll();
          all.onsuccess = () => {
            request.result.close();
            resolve(JSON.stringify(all.result));
          };
        };
      }),
  );
  expect(stored).not.toContain('pregnancies');
  await page.reload();
  await page.getByLabel('Code', { exact: true }).fill('la mer verte');
  await page.getByRole('button', { name: 'Ouvrir' }).click();
  await expect(page.getByText('Ce n’est pas le bon code')).toBeVisible();
  await page.getByLabel('Code', { exact: true }).fill('la mer bleue');
  await page.getByRole('button', { name: 'Ouvrir' }).click();
  await expect(page.getByRole('heading', { name: 'Réglages' })).toBeVisible();
});

test('a copy with a passphrase comes back on another device; a damaged one is refused', async ({ page, browser }) => {
  await expecting(page);
  await view(page, 'reglages');
  await page.locator('#export-passphrase').fill('trois mots simples');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Enregistrer une copie' }).click();
  const file = await (await download).path();
  expect(readFileSync(file, 'utf8')).not.toContain('pregnancies');

  const other = await (await browser.newContext()).newPage();
  await other.goto('/mon-parcours#reglages');
  await hydrated(other);
  await other.locator('input[type=file]').setInputFiles({
    name: 'copie.json',
    mimeType: 'application/json',
    buffer: Buffer.from(readFileSync(file, 'utf8').slice(0, -40)),
  });
  await other.getByRole('button', { name: 'Reprendre cette copie' }).click();
  await expect(other.getByRole('alert').filter({ hasText: 'pas un parcours' })).toBeVisible();
  await other.locator('input[type=file]').setInputFiles(file);
  await other.locator('#import-passphrase').fill('trois mots simples');
  await other.getByRole('button', { name: 'Reprendre cette copie' }).click();
  await expect(other.getByText('La copie est reprise')).toBeVisible();
  await other.goto('/mon-parcours#aujourdhui');
  await expect(other.getByText('28 semaines d’aménorrhée')).toBeVisible();
  await other.context().close();
});

test('after weeks without a copy the page speaks of it, once, and not to somebody who grieves', async ({ page }) => {
  const weeksAgo = Temporal.Now.plainDateISO('Europe/Paris').subtract({ weeks: 5 }).toString();
  const offer = page.getByText('Ce parcours n’existe que sur cet appareil');
  await keepFamily(page, { uncopiedSince: weeksAgo });
  await view(page, 'aujourdhui');
  await expect(offer).toBeVisible();
  await page.getByRole('button', { name: 'Plus tard' }).click();
  await expect(offer).toHaveCount(0);
  await expect.poll(() => documentOf(page)).not.toContain(weeksAgo);
  await page.reload();
  await expect(page.getByText('28 semaines d’aménorrhée')).toBeVisible();
  await expect(offer).toHaveCount(0);

  await keepFamily(page, { uncopiedSince: weeksAgo });
  await view(page, 'aujourdhui');
  await page.getByRole('link', { name: 'Garder une copie' }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Enregistrer une copie' }).click();
  await download;
  await expect(page.getByText('Dernière copie')).toBeVisible();
  await page.getByRole('button', { name: 'Demander au navigateur' }).click();
  await expect(page.getByText(/Le navigateur (a promis|n’a rien promis)/)).toBeVisible();
  await view(page, 'aujourdhui');
  await expect(offer).toHaveCount(0);

  await keepFamily(page, { uncopiedSince: weeksAgo });
  await page.goto('/mon-parcours#perte');
  await page.getByText('Un soutien discret').click();
  await page.getByRole('button', { name: 'Tout arrêter pour cet enfant' }).click();
  await expect(page.getByText('Vous ne recevrez plus rien')).toBeVisible();
  await expect.poll(() => documentOf(page)).toContain('loss');
  await page.goto('/mon-parcours#aujourdhui');
  await page.reload();
  await expect(page.getByRole('link', { name: 'Réglages, copie et effacement' })).toBeVisible();
  await expect(offer).toHaveCount(0);
});

test('the other parent receives the dates by a link, and none of the notes', async ({ page, browser }) => {
  await expecting(page);
  await page.getByRole('link', { name: 'Un temps pour parler, avant la naissance' }).first().click();
  await page.getByLabel('Ma note').fill('Entre moi et moi');
  await page.getByLabel('Ma note').blur();
  await view(page, 'inviter');
  await expect(page.getByRole('img', { name: 'Code à montrer' })).toBeVisible();
  const link = await page.getByLabel('Lien à envoyer').inputValue();
  const other = await (await browser.newContext()).newPage();
  const told = watch(other.context());
  await other.goto(link);
  await hydrated(other);
  await other.getByRole('button', { name: 'Garder ce parcours ici' }).click();
  await expect(other.getByText('28 semaines d’aménorrhée')).toBeVisible();
  expect(atobSafe(link)).not.toContain('Entre moi');
  expect(told).toEqual([]);
  await other.context().close();
});

const atobSafe = (link: string): string => Buffer.from(link.slice(link.indexOf('=') + 1), 'base64url').toString('utf8');

test('a card for relatives travels in its link', async ({ page, browser }) => {
  await expecting(page);
  await view(page, 'aide-proches');
  await page.getByText('Apporter un repas').click();
  await page.getByRole('button', { name: 'Faire le lien' }).click();
  const link = await page.getByLabel('Lien à envoyer').inputValue();
  const other = await (await browser.newContext()).newPage();
  await other.goto(link);
  await expect(other.getByRole('listitem').filter({ hasText: 'Apporter un repas' }).first()).toBeVisible();
  await other.context().close();
});

test('erasing leaves nothing on the device, whatever part of the site kept it', async ({ page, context }) => {
  await page.goto('/articles/dormir-sur-le-dos');
  await hydrated(page);
  await page.getByRole('button', { name: 'Garder', exact: true }).click();
  await expecting(page);
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  const before = await storageOf(page);
  expect(before.databases).toContain('mille-jours');
  expect(before.workers).toBe(1);
  expect([before.caches.length, before.databases.length + before.local.length]).toEqual([1, 2]);
  await view(page, 'reglages');
  await page.getByRole('button', { name: 'Tout effacer', exact: true }).click();
  await page.getByRole('button', { name: 'Tout effacer, maintenant' }).click();
  await expect(page.getByText('Il ne reste rien de votre parcours')).toBeVisible({ timeout: 15_000 });
  expect(await storageOf(page)).toEqual({
    ...{ databases: [], local: [], session: [], caches: [], workers: 0, cookies: '' },
  });
  expect(await context.cookies()).toEqual([]);
});

test('on a shared screen nothing is kept, and five idle minutes end it', async ({ page }) => {
  await page.clock.install();
  await page.goto('/mon-parcours?ecran-partage');
  await hydrated(page);
  await page.getByText('J’attends un enfant').click();
  await fillDay(page, 0, 91);
  await page.getByRole('button', { name: 'Voir mon parcours' }).click();
  await expect(page.getByText('Écran partagé : rien ne reste')).toBeVisible();
  await page.getByRole('link', { name: 'Partir avec son parcours' }).click();
  await expect(page.getByRole('img', { name: 'Code à montrer' })).toBeVisible();
  expect(await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name))).toEqual([]);
  await page.clock.runFor(4 * 60_000);
  await page.keyboard.press('Shift');
  await page.clock.runFor(4 * 60_000);
  await expect(page.getByRole('img', { name: 'Code à montrer' })).toBeVisible();
  await page.clock.runFor(60_000 + 1_000);
  await expect(page.getByRole('heading', { name: 'Où en êtes-vous ?' })).toBeVisible();
  // « Back » finds nothing of it either.
  await page.goBack();
  await expect(page.getByText('semaines d’aménorrhée')).toHaveCount(0);
  const { databases, local, session } = await storageOf(page);
  expect({ databases, local, session }).toEqual({ databases: [], local: [], session: [] });
});

for (const [from, link] of [
  ['/mon-parcours', 'Écran partagé : aider quelqu’un sans rien laisser ici'],
  ['/a-propos', 'un écran partagé'],
] as const) {
  test(`a shared screen is a link away from ${from}`, async ({ page }) => {
    await page.goto(from);
    await page.getByRole('link', { name: link }).click();
    await expect(page.getByRole('heading', { name: 'Où en êtes-vous ?' })).toBeVisible();
  });
}

test('the year of a family with triplets prints on one sheet of A4', async ({ page }) => {
  await open(page);
  await page.getByText('J’attends un enfant').click();
  await fillDay(page, 0, 20);
  await page.getByLabel('Combien d’enfants').fill('3');
  await page.getByRole('button', { name: 'Voir mon parcours' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Aujourd’hui' })).toBeVisible();
  await view(page, 'annee');
  await expect(page.getByText('Vaccins des 2 mois')).toHaveCount(1);
  const pdf = await page.pdf({ preferCSSPageSize: true });
  expect(pdf.toString('latin1').match(/\/Type\s*\/Page[^s]/g)).toHaveLength(1);
});

for (const hash of [
  ...['aujourdhui', 'commencer', 'a-venir', 'situation', 'perte', 'annee', 'entretien=apres', 'liste=call'],
  ...['outils', 'agenda', 'inviter', 'aide-proches', 'reglages'],
]) {
  test(`#${hash} is accessible, and fits a narrow window`, async ({ page }) => {
    await expecting(page);
    await view(page, hash);
    expect(await faultsOf(page)).toEqual([]);
    await page.setViewportSize({ width: 320, height: 640 });
    expect(await fitsInWidth(page)).toBe(true);
  });
}
