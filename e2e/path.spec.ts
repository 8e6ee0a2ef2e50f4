import { expect, type Page, test } from '@playwright/test';
import { documentOf } from './device.ts';
import { openView, tell, tellMore } from './family.ts';
import { fitsInWidth } from './pages.ts';
import { faultsOf } from './sound.ts';

const pregnancy = { situation: 'J’attends un enfant', days: 91 } as const;
const birth = { situation: 'J’ai un enfant de moins de 3 ans', days: -30 } as const;

test.describe('who a path is for', () => {
  test('a second parent alone: the sensitive week and the key moment stand out, in words too', async ({ page }) => {
    await tell(page, { ...birth, role: 'L’autre parent' });
    const card = page.getByRole('article').filter({ hasText: 'La 5e semaine' });
    await expect(card.getByText('Semaine sensible')).toBeVisible();
    await expect(page.getByText('Vaccin coqueluche')).toHaveCount(0);
    await openView(page, 'a-venir');
    await expect(
      page.getByRole('link', { name: /^Semaine sensible Et vous, comment ça va.*12e semaine/ }),
    ).toBeVisible();
    await page.getByRole('link', { name: /^Moment clé Un temps pour parler, après la naissance/ }).click();
    await expect(page.getByText('l’un des trois moments clés')).toBeVisible();
  });

  test('twins born ten weeks early: each their steps, one card for both, the corrected age in time', async ({
    page,
  }) => {
    await tell(page, { ...birth, days: -100, weeksAtBirth: 30, howMany: 2 });
    await expect(page.getByText('Âge corrigé, pour son développement')).toHaveCount(2);
    await openView(page, 'a-venir');
    await expect(page.getByRole('link', { name: /^Vaccins des 4 mois/ })).toHaveCount(2);
    await expect(page.getByRole('link', { name: /^Un second temps pour parler/ })).toHaveCount(0);
    await openView(page, 'annee');
    await expect(page.getByText('Vaccins des 4 mois')).toHaveCount(1);
  });

  test('an adopted child who came, of whom nothing else is told: what may help, and what is missing', async ({
    page,
  }) => {
    await tell(page, { situation: 'Un enfant arrive', arrival: -10 });
    await expect(page.getByText('Votre enfant est là')).toBeVisible();
    await page.getByRole('link', { name: /^Congé d’adoption.*si vous êtes salarié/ }).click();
    await openView(page, 'situation');
    await expect(page.getByRole('group', { name: 'Date de naissance' })).toBeVisible();
  });

  test('an adopted child: the leave of adoption, nothing of a birth', async ({ page }) => {
    await tell(page, { situation: 'Un enfant arrive', days: -250, arrival: -10 });
    await openView(page, 'a-venir');
    await expect(page.getByRole('link', { name: /^Congé d’adoption/ })).toBeVisible();
    await expect(page.getByText(/sage-femme|maternité/i)).toHaveCount(0);
  });

  test.describe('in Mayotte', () => {
    test.use({ timezoneId: 'Indian/Mayotte' });
    test('the BCG is for every child', async ({ page }) => {
      await tell(page, birth);
      await openView(page, 'a-venir');
      await expect(page.getByRole('link', { name: /^Vaccin BCG/ })).not.toContainText('selon votre famille');
    });
  });
});

test('what is listed narrows by kind and by child, in words that a screen reader hears', async ({ page }) => {
  await tell(page, birth);
  await tellMore(page, { ...birth, days: -700 });
  await openView(page, 'a-venir');
  const rows = page.locator('[aria-live] li');
  const all = await rows.count();
  await page.getByLabel('Sujet').selectOption('Droits');
  await expect(page.getByRole('link', { name: /^Examen du/ })).toHaveCount(0);
  await expect(page.getByRole('link', { name: /congé/i }).first()).toBeVisible();
  await page.getByLabel('Sujet').selectOption('Tout');
  await page.getByLabel('Pour qui').selectOption('Enfant 2');
  await expect(page.getByRole('link', { name: /^Examen du 24e mois/ })).toBeVisible();
  await expect(page.getByRole('link', { name: /^Vaccins des 2 mois/ })).toHaveCount(0);
  expect(await rows.count()).toBeLessThan(all);
  await page.getByLabel('Pour qui').selectOption('L’autre parent');
  await expect(page.getByRole('link', { name: /^Examen/ })).toHaveCount(0);
});

test('everything can be changed later: a day of birth, who one is, whose steps are shown', async ({ page }) => {
  await tell(page, { ...birth, role: 'La personne qui porte ou a porté l’enfant' });
  await openView(page, 'a-venir');
  await expect(page.getByRole('link', { name: /congé de paternité/i })).toHaveCount(0);
  await openView(page, 'situation');
  await page.getByText('Voir aussi les étapes de l’autre parent').click();
  await page.getByRole('button', { name: 'Enregistrer', exact: true }).click();
  await openView(page, 'a-venir');
  await expect(page.getByRole('link', { name: /congé de paternité/i }).first()).toBeVisible();
  await openView(page, 'situation');
  const year = page.getByRole('group', { name: 'Date de naissance' }).getByLabel('Année');
  const told = await year.inputValue();
  await year.fill(String(Number(told) + 20));
  await page.getByRole('button', { name: 'Garder' }).click();
  await expect(
    page.getByRole('group', { name: 'Date de naissance' }).getByText('n’est pas encore passée'),
  ).toBeVisible();
  await year.fill(String(Number(told) - 1));
  await page.getByRole('button', { name: 'Garder' }).click();
  await expect(page.getByText('C’est enregistré')).toBeVisible();
  await openView(page, 'aujourdhui');
  await expect(page.getByText(/^Votre enfant, 1[23] mois/)).toBeVisible();
});

test('a step leads to its articles, to the right list near home, and takes an answer that only the family has', async ({
  page,
}) => {
  await tell(page, pregnancy);
  await openView(page, 'a-venir');
  await page.getByRole('link', { name: /^Injection anti-D.*Rhésus négatif/ }).click();
  await page.getByRole('button', { name: 'C’est notre cas' }).click();
  await expect(page.getByRole('button', { name: 'C’est notre cas' })).toHaveCount(0);
  await expect(page.getByRole('link', { name: 'Voir qui peut m’aider' })).toHaveAttribute(
    'href',
    /^\/autour-de-moi\?kind=maternite,/,
  );
  await openView(page, 'situation');
  await page.getByRole('button', { name: /^Retirer.*Rhésus négatif/ }).click();
  await expect(page.getByText('Rhésus négatif')).toHaveCount(0);
  await openView(page, 'a-venir');
  await page.getByRole('link', { name: /^Injection anti-D.*Rhésus négatif/ }).click();
  await page.getByRole('link', { name: 'Les rendez-vous de la grossesse' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Les rendez-vous de la grossesse' })).toBeVisible();
});

test.describe('a loss', () => {
  const say = async (page: Page, choice: string): Promise<void> => {
    await openView(page, 'perte');
    await page.getByRole('radio', { name: choice }).check();
    await page.getByRole('button', { name: 'Tout arrêter' }).click();
    await expect(page.getByText('Vous ne recevrez plus rien')).toBeVisible();
    await expect.poll(() => documentOf(page)).toContain('loss');
  };

  test('is two taps away from every view; who listens, what is near and the rights are there before any answer', async ({
    page,
  }) => {
    await page.setViewportSize({ width: 360, height: 740 });
    await tell(page, pregnancy);
    for (const hash of ['a-venir', 'outils', 'reglages', 'entretien=avant', 'liste=bag', 'inviter', 'annee']) {
      await openView(page, hash);
      await page.getByRole('link', { name: 'Mon parcours' }).last().click();
      await page.getByRole('link', { name: 'Nous avons perdu notre bébé' }).click();
      await expect(page.getByRole('heading', { level: 1, name: 'Nous avons perdu notre bébé' })).toBeVisible();
    }
    await expect(page.locator('a[href="tel:3114"]')).toBeVisible();
    await expect(page.getByRole('link', { name: 'Un soutien près de chez vous' })).toHaveAttribute('href', /kind=/);
    await expect(page.getByRole('link', { name: 'Vos droits après une perte' })).toBeVisible();
  });

  test('gentle support: the rights in full on one page, nothing of the pregnancy, no question', async ({ page }) => {
    await tell(page, pregnancy);
    await say(page, 'Un soutien discret');
    await page.getByRole('link', { name: 'Après la perte' }).click();
    await expect(page.getByText('le congé maternité est maintenu en entier')).toBeVisible();
    await expect(page.getByText('acte d’enfant sans vie').first()).toBeVisible();
    await expect(page.locator('a[href="tel:3114"]')).toBeVisible();
    expect(await faultsOf(page)).toEqual([]);
    await openView(page, 'aujourdhui');
    await expect(page.getByRole('article')).toHaveCount(0);
    await expect(page.getByText('Et vous, ça va')).toHaveCount(0);
    await expect(page.getByRole('link', { name: 'Après la perte' })).toBeVisible();
  });

  test('silence: not a word of it on the day’s page, and still a way back', async ({ page }) => {
    await tell(page, pregnancy);
    await say(page, 'Le silence');
    await openView(page, 'aujourdhui');
    await expect(page.getByText(/perte|bébé|grossesse|semaine/i)).toHaveCount(0);
    await openView(page, 'situation');
    await page.getByRole('link', { name: 'Après la perte' }).click();
    await page.getByRole('button', { name: 'C’était une erreur' }).click();
    await openView(page, 'aujourdhui');
    await expect(page.getByText('28 semaines d’aménorrhée')).toBeVisible();
  });

  test('erase: gone from the screen at once, from the device after thirty days', async ({ page }) => {
    await tell(page, pregnancy);
    await say(page, 'Effacer');
    expect(await documentOf(page)).toContain('pregnancies\\":[{');
    await page.clock.setFixedTime(Date.now() + 31 * 86_400_000);
    await page.goto('/mon-parcours');
    await expect(page.getByRole('heading', { level: 1, name: 'Aujourd’hui' })).toBeVisible();
    await expect.poll(() => documentOf(page)).toContain('pregnancies\\":[]');
    expect(await documentOf(page)).toContain('children\\":[]');
  });
});

test('what is prepared is kept, shown and printed: interviews and lists, on a narrow telephone', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await tell(page, pregnancy);
  for (const [list, label, line] of [
    ['questions', 'Mes questions', 'Puis-je prendre ce médicament'],
    ['call', 'Nos numéros', 'Sage-femme 06 00 00 00 00'],
    ['keeper', 'À savoir sur notre enfant', 'Il dort avec son lapin'],
  ] as const) {
    await openView(page, `liste=${list}`);
    await page.getByLabel(label).fill(line);
    // Kept as it is typed: a telephone closed in the middle of a line loses nothing.
    await expect.poll(() => documentOf(page)).toContain(line);
    await page.reload();
    await expect(page.getByLabel(label)).toHaveValue(line);
    if (list !== 'questions') await expect(page.locator('a[href="tel:15"]').first()).toBeVisible();
    await page.emulateMedia({ media: 'print' });
    await expect(page.getByRole('listitem').filter({ hasText: line })).toBeVisible();
    await page.emulateMedia({ media: 'screen' });
    expect(await fitsInWidth(page)).toBe(true);
  }
  for (const [list, item] of [
    ['bag', 'Carte Vitale ou attestation de droits'],
    ['place', 'Peut-on faire du peau-à-peau'],
  ] as const) {
    await openView(page, `liste=${list}`);
    await page.getByText(item).click();
    await expect.poll(() => documentOf(page)).toContain(item);
    await page.reload();
    await expect(page.getByRole('checkbox', { name: item })).toBeChecked();
  }
  await openView(page, 'entretien=apres');
  await page.getByText('Le moral').click();
  await page.getByLabel('Mes questions, une par ligne').fill('Et la contraception');
  await page.getByRole('button', { name: 'Montrer ou imprimer' }).click();
  await expect(page.getByRole('listitem').filter({ hasText: 'Le moral' })).toBeVisible();
  await expect(page.getByText('Et la contraception')).toBeVisible();
  await expect(page.getByText(/score|note :|points/i)).toHaveCount(0);
});

test('an invitation says in words what it carries, and its exact content is the link itself', async ({ page }) => {
  await tell(page, pregnancy);
  await openView(page, 'inviter');
  await expect(page.getByText('Date prévue de naissance')).toBeVisible();
  await page.getByText('Le contenu exact, lettre pour lettre').click();
  const shown = JSON.parse((await page.locator('pre').textContent()) ?? '');
  const link = await page.getByLabel('Lien à envoyer').inputValue();
  const carried = Buffer.from(link.slice(link.indexOf('=') + 1), 'base64url').toString('utf8');
  expect(JSON.parse(carried)).toEqual(shown);
});
