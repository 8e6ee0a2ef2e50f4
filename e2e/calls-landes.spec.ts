import { expect, type Page, test } from '@playwright/test';
import { fillDay } from './days.ts';
import { noted, pastCall } from './in-past-call.ts';
import { sound } from './sound.ts';

const ADVICE = 'Aller vers les familles, et penser leur transport.';
const TO_ALL = 'Ouvrir en soirée et le week-end.';
const SUPPORT = 'Construire le projet avec les partenaires.';
const MOTIVE = 'Le lieu existe déjà, sans changement prévu.';

/** The three projects, and what becomes of each (document 004: neither « yes » nor « no » only). */
const projects = [
  { title: 'Maison des parents itinérante', issue: 'labelledWithAdvice', words: '', referent: '' },
  {
    ...{ title: 'Maison des familles et des 1000 premiers jours', issue: 'support' },
    ...{ words: SUPPORT, referent: 'Sacha Exemple, Caf' },
  },
  { title: 'Un lieu unique pour les familles', issue: 'notLabelled', words: MOTIVE, referent: '' },
];

test('a departmental call with labelling, from the closing to the letters and what follows, on a phone', async ({
  browser,
  baseURL,
}) => {
  const { run, space, enter } = pastCall('landes', browser, baseURL ?? '');
  const [caf, ars] = [await enter('caf'), await enter('ars')];
  await Promise.all([declareNothing(caf, space), declareNothing(ars, space)]);

  await test.step('three applications, and two letters counted apart: one became an application, one is closed', async () => {
    await caf.goto(`${space}/candidatures`);
    await expect(noted(caf)).toContainText('3 dossiers');
    await caf.getByRole('link', { name: 'Les lettres d’intention' }).click();
    await expect(noted(caf)).toContainText('2 dossiers');
    await caf.getByRole('link', { name: 'Une ludothèque qui voyage' }).click();
    await caf.getByText('Clore la lettre').click();
    await caf.locator('#clore-reason').fill('Le projet attend un local.');
    await caf.getByRole('button', { name: 'Clore sans suite' }).click();
    await expect(noted(caf)).toContainText('La lettre est close.');
    await sound(caf);
    for (const { title } of projects) {
      await caf.goto(`${space}/candidatures`);
      await caf.getByRole('link', { name: title }).click();
      await caf.getByRole('button', { name: 'Recevable', exact: true }).click();
      await expect(noted(caf)).toContainText('La candidature est recevable.');
    }
  });

  await test.step('a jury of one, who presides and evaluates', async () => {
    await caf.goto(`${space}/jury`);
    await caf.getByText('Inviter au jury, ou remplacer').click();
    await caf.locator('[name=name]').fill('Ana Exemple');
    await caf.locator('[name=email]').fill(`presidente.${run}@exemple.example`);
    await caf.locator('[name=organisation]').fill('CPAM des Landes');
    await caf.locator('[name=quality][value=funder]').check();
    await caf.locator('[name=voice][value=deliberative]').check();
    await caf.getByRole('button', { name: 'Inviter', exact: true }).click();
    await expect(noted(caf)).toContainText('La personne reçoit un message');
    await caf.getByRole('button', { name: /^Nommer à la présidence/ }).click();
    await expect(noted(caf)).toContainText('La présidence est nommée.');
    await caf.getByRole('button', { name: 'Arrêter la composition' }).click();
    await expect(noted(caf)).toContainText('La composition est arrêtée.');
    const president = await enter('presidente');
    await declareNothing(president, space);
    await caf.goto(`${space}/evaluations/repartition?par=1`);
    await caf.getByRole('button', { name: 'Confier ainsi' }).click();
    await expect(noted(caf)).toContainText('La candidature est confiée.');
    for (const { title } of projects) {
      await president.goto(`${space}/evaluations`);
      await president.getByRole('link', { name: title }).first().click();
      await president.locator('[name=conclusion]').fill('Un ancrage solide dans le territoire.');
      await president.getByRole('button', { name: 'Remettre', exact: true }).click();
      await expect(noted(president)).toContainText('Votre évaluation est remise.');
    }
    await sound(president);
    await president.context().close();
    await caf.goto(`${space}/evaluations`);
    for (const box of await caf.locator('form[action="?/clore"] [type=checkbox]').all()) await box.check();
    await caf.getByRole('button', { name: 'Clore', exact: true }).click();
    await expect(noted(caf)).toContainText('Les évaluations sont closes');
  });

  await test.step('a session proposes; its minutes are signed', async () => {
    await caf.goto(`${space}/resultats`);
    await caf.getByRole('button', { name: 'Engager la sélection' }).click();
    await expect(noted(caf)).toContainText('La sélection est engagée.');
    await caf.goto(`${space}/seances`);
    await fillDay(caf, 'at', 1);
    await caf.locator('[name=at_hour]').fill('14h30');
    await caf.getByRole('button', { name: 'Convoquer' }).click();
    await expect(noted(caf)).toContainText('La séance est convoquée');
    await caf.getByRole('checkbox', { name: /Ana Exemple/ }).check();
    await caf.getByRole('button', { name: 'Ouvrir la séance' }).click();
    await expect(noted(caf)).toContainText('La séance est ouverte.');
    for (const { title, issue, words } of projects) {
      const point = caf.locator('.agenda > li', { hasText: title });
      await point.getByRole('button', { name: /^Ouvrir ce point/ }).click();
      await point.locator(`[name=issue][value=${issue}]`).check();
      await point.locator('[name=words]').fill(words);
      await point.getByRole('button', { name: 'Terminer ce point' }).click();
      await expect(noted(caf)).toContainText('Le point est terminé.');
    }
    await sound(caf);
    await caf.getByRole('button', { name: 'Clore la séance' }).click();
    await expect(noted(caf)).toContainText('La séance est close.');
    await caf.getByRole('link', { name: 'Le procès-verbal' }).click();
    await expect(caf.locator('main')).toContainText('Labellisé avec préconisations');
    await sound(caf);
    await caf.getByRole('button', { name: 'Signer le procès-verbal' }).click();
    await expect(noted(caf)).toContainText('Le procès-verbal est signé.');
  });

  await test.step('recommendations, to one project and to all', async () => {
    await caf.goto(`${space}/resultats/preconisations`);
    await recommend(caf, ADVICE, projects[0]?.title);
    await recommend(caf, TO_ALL);
  });

  await test.step('decisions signed by both, then letters, read before they leave', async () => {
    for (const { title, issue, words, referent } of projects) {
      await openDecision(caf, space, title);
      await caf.locator(`[name=issue][value=${issue}]`).check();
      await caf.locator('[name=words]').fill(words);
      await caf.locator('[name=referent]').fill(referent);
      await caf.getByRole('button', { name: 'Écrire la décision' }).click();
      await expect(noted(caf)).toContainText('La décision est écrite.');
      await caf.getByRole('button', { name: 'Signer : Caf' }).click();
      await expect(noted(caf)).toContainText('Votre signature est donnée.');
      await openDecision(ars, space, title);
      await ars.getByRole('button', { name: 'Signer : ARS' }).click();
      await expect(noted(ars)).toContainText('Votre signature est donnée.');
    }
    await sound(ars);
    await caf.goto(`${space}/resultats`);
    await caf.getByRole('button', { name: 'Arrêter les résultats' }).click();
    await expect(noted(caf)).toContainText('Les résultats sont arrêtés.');
    await sound(caf);
    await caf.goto(`${space}/resultats/courriers`);
    await expect(caf.locator('article', { hasText: projects[2]?.title ?? '' })).toContainText(MOTIVE);
    await sound(caf);
    await caf.getByRole('button', { name: 'Préparer tous ces courriers' }).click();
    await expect(noted(caf)).toContainText('Les courriers sont prêts.');
    await caf.goto(`${space}/resultats`);
    await caf.getByRole('button', { name: 'Notifier les résultats' }).click();
    await expect(noted(caf)).toContainText('Les courriers partent.');
  });

  await test.step('each holder reads their own letter', async () => {
    const read = [
      ['porteuse1', projects[0], [ADVICE, TO_ALL], [MOTIVE, SUPPORT]],
      ['porteuse2', projects[1], [SUPPORT, 'Sacha Exemple, Caf', TO_ALL], [MOTIVE, ADVICE]],
      ['porteuse3', projects[2], [MOTIVE, 'Essai : les voies et délais de recours'], [ADVICE, SUPPORT]],
    ] as const;
    for (const [who, project, said, notSaid] of read) {
      const holder = await enter(who);
      await openLetter(holder, project?.title ?? '');
      for (const words of said) await expect(holder.locator('main')).toContainText(words);
      for (const words of notSaid) await expect(holder.locator('main')).not.toContainText(words);
      await sound(holder);
      await holder.context().close();
    }
  });

  await test.step('what a recommendation becomes is noted, and its holder reads it', async () => {
    await caf.goto(`${space}/resultats/preconisations`);
    const one = caf.locator('.all > li', { hasText: ADVICE });
    await one.getByText('Noter ce qu’elle devient').click();
    await one.locator('[name=status]').selectOption('done');
    await one.locator('[name=words]').fill('Un minibus depuis mars.');
    await one.getByRole('button', { name: 'Noter', exact: true }).click();
    await expect(one).toContainText('Un minibus depuis mars.');
    await sound(caf);
    const holder = await enter('porteuse1');
    await openLetter(holder, projects[0]?.title ?? '');
    await expect(holder.locator('li', { hasText: ADVICE })).toContainText('Pour votre projet');
    await expect(holder.locator('li', { hasText: ADVICE })).toContainText('Faite');
  });

  await test.step('both sides follow the technical support; a decision of its own ends it with the label', async () => {
    const title = projects[1]?.title ?? '';
    await caf.goto(`${space}/resultats/preconisations`);
    const support = caf.locator('article', { hasText: title });
    await support.getByText('Prévoir une étape').click();
    for (const [label, value] of [
      ['Jour', '15'],
      ['Mois', '9'],
      ['Année', '2022'],
    ] as const)
      await support.getByLabel(label, { exact: true }).fill(value);
    await support.locator('[name=words]').fill('Visiter une maison déjà ouverte.');
    await support.getByRole('button', { name: 'Prévoir cette étape' }).click();
    await expect(support).toContainText('Visiter une maison déjà ouverte.');
    await sound(caf);
    const holder = await enter('porteuse2');
    await openLetter(holder, title);
    await expect(holder.locator('main')).toContainText('Visiter une maison déjà ouverte.');
    await sound(holder);
    await openDecision(caf, space, title);
    await caf.getByText('Conclure l’accompagnement technique').click();
    await caf.locator('[name=issue][value=labelled]').check();
    await caf.getByRole('button', { name: 'Conclure' }).click();
    await expect(noted(caf)).toContainText('L’accompagnement est conclu');
    for (const [page, agency] of [
      [caf, 'Caf'],
      [ars, 'ARS'],
    ] as const) {
      await openDecision(page, space, title);
      await page.getByRole('button', { name: `Signer : ${agency}` }).click();
      await expect(noted(page)).toContainText('Votre signature est donnée.');
    }
    await ars.getByRole('button', { name: 'Préparer le courrier' }).click();
    await expect(noted(ars)).toContainText('Le courrier est prêt');
    await ars.getByRole('button', { name: 'Envoyer ce courrier' }).click();
    await expect(noted(ars)).toContainText('Le courrier part.');
    await sound(ars);
    await expect(async () => {
      await holder.goto(new URL(holder.url()).pathname);
      await expect(holder.locator('main')).toContainText('Votre projet reçoit le label.', { timeout: 1000 });
    }).toPass({ timeout: 60_000 });
  });
});

const declareNothing = async (page: Page, space: string): Promise<void> => {
  await page.goto(`${space}/interets`);
  await page.locator('[name=answer][value=none]').check();
  await page.getByRole('button', { name: 'Déclarer' }).click();
  await expect(noted(page)).toContainText('Votre déclaration est gardée.');
};

const recommend = async (page: Page, words: string, title?: string): Promise<void> => {
  if (title) {
    const project = page.locator('[name=application] option', { hasText: title });
    await page.locator('[name=application]').selectOption((await project.getAttribute('value')) ?? '');
  }
  await page.locator('[name=text]').fill(words);
  await page.getByRole('button', { name: 'Garder cette préconisation' }).click();
  await expect(page.locator('.all')).toContainText(words);
};

const openDecision = async (page: Page, space: string, title: string): Promise<void> => {
  await page.goto(`${space}/resultats`);
  await page.getByRole('link', { name: title }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(title);
};

/** Letters leave by a job: the page is read again until it has come. */
const openLetter = async (holder: Page, title: string): Promise<void> => {
  await holder.goto('/appels/espace/candidatures');
  await holder.getByRole('link', { name: title }).filter({ hasNotText: 'Lettre d’intention' }).click();
  await expect(holder.getByRole('heading', { level: 1 })).toContainText(title);
  await expect(async () => {
    await holder.goto(`${new URL(holder.url()).pathname.replace(/\/decision$/, '')}/decision`);
    await expect(holder.locator('main')).toContainText('Envoyé le', { timeout: 1000 });
  }).toPass({ timeout: 60_000 });
};
