import { expect, type Page, test } from '@playwright/test';
import { fillDay } from './days.ts';
import { noted, pastCall } from './in-past-call.ts';
import { sound } from './sound.ts';

test.describe('a joint call of 200 000 € with twelve applications, on a phone', () => {
  test('from interests to the report', async ({ browser, baseURL }) => {
    const { run, space, enter } = pastCall('joint', browser, baseURL ?? '');
    const ars = await enter('ars');
    const dreets = await enter('dreets');

    await test.step('two agents recuse themselves: the file is nowhere for them', async () => {
      await ars.goto(`${space}/candidatures`);
      await expect(ars.locator('main')).toContainText('Rien des candidatures ne s’ouvre avant');
      for (const [page, holder] of [
        [ars, 'Association Exemple 5'],
        [dreets, 'Association Exemple 7'],
      ] as const) {
        await recuse(page, space, holder);
      }
      await ars.goto(`${space}/candidatures`);
      await expect(ars.locator('main')).toContainText('11 dossiers, 275 000 € demandés');
      await expect(ars.locator('main')).not.toContainText('projet 5');
      const list = await ars.request.get(`${space}/candidatures/liste?format=csv`);
      expect(await list.text()).not.toContain('projet 5');
    });

    await test.step('one completion is asked, and comes', async () => {
      await openFile(ars, space, 3);
      await ars.getByText('Écrire la demande').click();
      await ars.locator('[name=parts][value=budget]').check();
      await ars.locator('form[action="?/demander"] [name=reason]').fill('Précisez les salaires.');
      await fillDay(ars, 'due', 5);
      await ars.locator('[name=due_hour]').fill('18h');
      await ars.locator('form[action="?/demander"]').getByRole('button').click();
      await expect(noted(ars)).toContainText('Le complément est demandé');
      await ars.getByText('Changer la demande, ou ne plus demander').click();
      await ars.locator('#changer-reason').fill('Précisez les salaires, poste par poste.');
      await sound(ars);
      await ars.getByRole('button', { name: 'Changer la demande' }).click();
      await expect(noted(ars)).toContainText('La demande est changée.');
      const holder = await enter('porteuse3');
      await holder.goto('/appels/espace/candidatures');
      await holder.getByRole('link', { name: /projet 3 / }).click();
      await expect(holder.locator('main')).toContainText('Précisez les salaires, poste par poste.');
      await sound(holder);
      await holder.getByRole('link', { name: /^Le budget/ }).click();
      await expect(holder.getByRole('heading', { level: 1 })).toHaveText('Le budget');
      await holder.locator('[name=expense-label-0]').fill('Salaires : une psychologue à mi-temps');
      await holder.getByRole('button', { name: 'Enregistrer', exact: true }).last().click();
      await holder.getByRole('link', { name: 'Relire et déposer' }).click();
      await expect(holder.getByRole('heading', { level: 1 })).toHaveText('Envoyer le complément');
      await sound(holder);
      await holder.getByRole('button', { name: 'Envoyer le complément' }).click();
      await expect(noted(holder)).toContainText('Le complément est envoyé');
      await sound(holder);
      await openFile(ars, space, 3);
      await expect(ars.locator('main')).toContainText('Ce qui a changé');
      await sound(ars);
    });

    await test.step('admissible, but one that goes beyond the region', async () => {
      for (const number of [1, 2, 3, 4, 6, 7, 8, 9, 10, 11]) await admit(ars, space, number);
      await admit(dreets, space, 5);
      await openFile(ars, space, 12);
      await ars.locator('summary', { hasText: 'Irrecevable' }).click();
      await ars.locator('[name=reasons][value=R-51]').check();
      await ars.locator('form[action="?/irrecevable"] [name=reason]').fill('Le projet porte sur deux régions.');
      await ars.getByRole('button', { name: /irrecevab/i }).click();
      await expect(noted(ars)).toContainText('irrecevable');
    });

    await test.step('a jury evaluates, each their own', async () => {
      for (const [who, name, quality] of [
        ['juree1', 'Ana Exemple', 'funder'],
        ['juree2', 'Noa Exemple', 'expert'],
      ] as const) {
        await ars.goto(`${space}/jury`);
        await ars.getByText(/^Inviter au jury/).click();
        await ars.locator('[name=name]').fill(name);
        await ars.locator('[name=email]').fill(`${who}.${run}@exemple.example`);
        await ars.locator('[name=organisation]').fill('Organisme Exemple');
        await ars.locator(`[name=quality][value=${quality}]`).check();
        await ars.locator('[name=voice][value=deliberative]').check();
        await ars.locator('form[action="?/inviter"]').getByRole('button').click();
        await expect(noted(ars)).toContainText('La personne reçoit un message');
      }
      await sound(ars);
      await ars.getByRole('button', { name: 'Présidence' }).first().click();
      await expect(noted(ars)).toBeVisible();
      await ars.getByText(/^Pourquoi des acteurs recommandés/).click();
      await ars.locator('form[action="?/arreter"] [name=motive]').fill('Un essai à deux.');
      await ars.getByRole('button', { name: 'Arrêter la composition' }).click();
      await expect(ars).toHaveURL(/fait=arreter/);
      const jurors = [await enter('juree1'), await enter('juree2')] as const;
      await declareNothing(jurors[0], space);
      await recuse(jurors[1], space, 'Association Exemple 2');
      for (const page of [ars, dreets]) {
        await page.goto(`${space}/evaluations/repartition?par=1`);
        await page.getByRole('button', { name: 'Confier ainsi' }).click();
        await expect(page).toHaveURL(/evaluations\?fait=confier/);
      }
      await sound(ars);
      for (const juror of jurors) await evaluateAll(juror, space);
      for (const page of [ars, dreets]) {
        await page.goto(`${space}/evaluations`);
        for (const box of await page.locator('form[action="?/clore"] [type=checkbox]').all()) await box.check();
        await page.getByRole('button', { name: 'Clore', exact: true }).click();
        await expect(page).toHaveURL(/fait=clore/);
      }
      await ars.goto(`${space}/evaluations/classement`);
      await expect(ars.locator('main')).not.toContainText('projet 5');
    });

    await test.step('a scenario is put to the session, which proposes; each exit is written', async () => {
      await ars.goto(`${space}/resultats`);
      await ars.getByRole('button', { name: 'Engager la sélection' }).click();
      await expect(noted(ars)).toContainText('La sélection est engagée.');
      await ars.goto(`${space}/scenarios`);
      await ars.locator('form[action="?/ajouter"] [name=name]').fill('Huit lauréats');
      await ars.getByRole('button', { name: 'Commencer' }).click();
      await expect(ars.getByRole('heading', { level: 1 })).toContainText('Huit lauréats');
      await ars.getByRole('button', { name: 'Enregistrer le scénario' }).click();
      await ars.goto(`${space}/scenarios`);
      await ars.getByRole('button', { name: /^Proposer à la séance/ }).click();
      await expect(noted(ars)).toBeVisible();
      const convene = async (): Promise<void> => {
        await ars.goto(`${space}/seances`);
        await fillDay(ars, 'at', 1);
        await ars.locator('[name=at_hour]').fill('14h30');
        await ars.getByRole('button', { name: 'Convoquer' }).click();
        await expect(noted(ars)).toContainText('La séance est convoquée');
      };
      // Convened by mistake, it is cancelled: its files go to the next one, whose place changes.
      await convene();
      await ars.locator('summary', { hasText: 'Annuler la séance' }).click();
      await ars.locator('form[action="?/annuler"] [name=reason]').fill('La salle est prise.');
      await ars.getByRole('button', { name: 'Annuler la séance' }).click();
      await expect(noted(ars)).toContainText('La séance est annulée.');
      await convene();
      await ars.locator('summary', { hasText: 'Changer la date' }).click();
      await ars.locator('[name=place]').fill('Salle 2');
      await sound(ars);
      await ars.getByRole('button', { name: 'Changer la séance' }).click();
      await expect(noted(ars)).toContainText('La séance est changée.');
      await expect(ars.locator('.lead')).toContainText('Salle 2');
      const session = new URL(ars.url()).pathname;
      for (const name of [/Ana Exemple/, /Noa Exemple/]) await ars.getByRole('checkbox', { name }).check();
      await ars.getByRole('button', { name: 'Ouvrir la séance' }).click();
      await expect(noted(ars)).toContainText('La séance est ouverte.');
      for (const number of [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]) {
        const page = number === 5 ? dreets : ars;
        await page.goto(session);
        const point = page.locator('.agenda > li').filter({ hasText: new RegExp(`projet ${number}(?!\\d)`) });
        if (number === 2) await point.getByLabel(/Noa Exemple/).check();
        await point.getByRole('button', { name: /^Ouvrir ce point/ }).click();
        if (number === 1) {
          await point.locator('[name=mode][value=votes]').check();
          for (const vote of await point.locator('[name^=vote-][value=for]').all()) await vote.check();
        }
        await point.locator(`[name=issue][value=${number < 9 ? 'laureate' : 'rejected'}]`).check();
        if (number < 9) await point.locator(`[name="amount-${lineOf(number)}"]`).fill('25 000');
        await point.locator('[name=words]').fill(number < 9 ? '' : MOTIVE);
        await point.getByRole('button', { name: 'Terminer ce point' }).click();
        await expect(noted(page)).toContainText('Le point est terminé.');
      }
      await sound(ars);
      await ars.getByRole('button', { name: 'Clore la séance' }).click();
      await expect(noted(ars)).toContainText('La séance est close.');
      const president = await enter('juree1');
      await president.goto(`${session}/proces-verbal`);
      await expect(president.locator('main')).toContainText('Votes : 2 pour, 0 contre, 0 abstention.');
      await expect(president.locator('main')).toContainText('en déport : Noa Exemple');
      await president.getByRole('button', { name: 'Signer le procès-verbal' }).click();
      await expect(noted(president)).toContainText('Le procès-verbal est signé.');
    });

    await test.step('decisions under each envelope, signed by both', async () => {
      const [ars2, dreets2] = [await enter('ars2'), await enter('dreets2')];
      await Promise.all([declareNothing(ars2, space), declareNothing(dreets2, space)]);
      for (const number of [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]) {
        const forArs = number === 5 ? ars2 : ars;
        const forDreets = number === 7 ? dreets2 : dreets;
        await openDecision(forArs, space, number);
        await forArs.locator(`[name=issue][value=${number < 9 ? 'laureate' : 'rejected'}]`).check();
        if (number < 9) await forArs.locator(`[name="amount-${lineOf(number)}"]`).fill('25 000');
        else await forArs.locator('[name=words]').fill(MOTIVE);
        await forArs.getByRole('button', { name: 'Écrire la décision' }).click();
        await expect(noted(forArs)).toContainText('La décision est écrite.');
        await forArs.getByRole('button', { name: 'Signer : ARS' }).click();
        await expect(noted(forArs)).toContainText('Votre signature est donnée.');
        await openDecision(forDreets, space, number);
        await forDreets.getByRole('button', { name: 'Signer : DREETS' }).click();
        await expect(noted(forDreets)).toContainText('Votre signature est donnée.');
      }
      await sound(ars);
    });

    await test.step('a decision is corrected: no envelope is passed, both sign again', async () => {
      await openDecision(ars, space, 9);
      await ars.locator('summary', { hasText: 'Corriger la décision' }).click();
      const correction = ars.locator('form[action="?/corriger"]');
      await correction.locator('[name=issue][value=laureate]').check();
      await correction.locator('[name="amount-FIR"]').fill('1');
      await correction.locator('[name=reason]').fill('Une erreur de lecture.');
      await correction.getByRole('button').click();
      await expect(ars.getByRole('alert')).toBeVisible();
      await sound(ars);
      await openDecision(ars, space, 4);
      await ars.locator('summary', { hasText: 'Corriger la décision' }).click();
      await correction.locator('[name="amount-FIR"]').fill('20 000');
      await correction.locator('[name=reason]').fill('Un poste est payé par ailleurs.');
      await correction.getByRole('button').click();
      await expect(noted(ars)).toContainText('La décision est corrigée');
      for (const [page, agency] of [
        [ars, 'ARS'],
        [dreets, 'DREETS'],
      ] as const) {
        await openDecision(page, space, 4);
        await page.getByRole('button', { name: `Signer : ${agency}` }).click();
        await expect(noted(page)).toContainText('Votre signature est donnée.');
      }
    });

    await test.step('results are fixed, letters read before they leave, then sent', async () => {
      await ars.goto(`${space}/resultats`);
      await ars.locator('form[action="?/arreter"] [name=reason]').fill('Essai : 195 000 € attribués.');
      await ars.getByRole('button', { name: 'Arrêter les résultats' }).click();
      await expect(noted(ars)).toContainText('Les résultats sont arrêtés.');
      await sound(ars);
      for (const page of [ars, dreets]) {
        await page.goto(`${space}/resultats/courriers`);
        await page.getByRole('button', { name: 'Préparer tous ces courriers' }).click();
        await expect(noted(page)).toContainText('Les courriers sont prêts.');
      }
      // It names every laureate: somebody who is recused from one of them does not prepare it.
      const whole = await enter('ars2');
      await whole.goto(`${space}/suivi/ministere`);
      await whole.getByRole('button', { name: 'Garder ce message' }).click();
      await expect(noted(whole)).toContainText('Le message est gardé.');
      await ars.goto(`${space}/resultats`);
      await ars.getByRole('button', { name: 'Notifier les résultats' }).click();
      await expect(noted(ars)).toContainText('Les courriers partent.');
      const refused = await enter('porteuse9');
      await openLetter(refused, 9);
      await expect(refused.locator('main')).toContainText(MOTIVE);
      await expect(refused.locator('main')).toContainText('voies et délais de recours');
      await sound(refused);
      await refused.goto('/appels');
      await refused.goto(`/appels/bretagne-2021/resultats`);
      await expect(refused.locator('main')).toContainText('projet 1');
      await expect(refused.locator('main')).not.toContainText('projet 9');
    });

    await test.step('an agreement is signed in order, and reported on', async () => {
      const holder = await enter('porteuse1');
      await openLetter(holder, 1);
      const file = new URL(holder.url()).pathname.split('/').at(-2) ?? '';
      await ars.goto(`${space}/suivi/${file}/termes`);
      await ars.locator('[name=object]').fill('Ouvrir une maison des parents.');
      await fillDay(ars, 'starts_on', -300);
      await fillDay(ars, 'ends_on', -10);
      for (const [at, who, name] of [
        [0, 'porteuse1', 'Camille Exemple'],
        [1, 'ars', 'Dominique Exemple'],
      ] as const) {
        await ars.locator(`[name=party_name-${at}]`).fill(name);
        await ars.locator(`[name=party_email-${at}]`).fill(`${who}.${run}@exemple.example`);
      }
      await ars.getByRole('button', { name: 'Enregistrer les termes' }).click();
      await expect(noted(ars)).toContainText('C’est enregistré.');
      await sound(ars);
      await ars.getByRole('button', { name: 'Donner à signer' }).click();
      await expect(noted(ars)).toContainText('La convention est donnée à signer.');
      for (const page of [holder, ars]) {
        await page.goto(`/appels/espace/conventions/${file}`);
        await sound(page);
        await page.getByRole('button', { name: 'J’ai lu, je signe' }).click();
        await expect(noted(page)).toContainText('Votre signature est gardée.');
      }
      await ars.goto(`${space}/suivi/${file}`);
      await ars.getByRole('button', { name: 'Demander le bilan final' }).click();
      await expect(noted(ars)).toContainText('Le bilan est demandé');
      await holder.goto(`/appels/espace/candidatures/${file}/suivi`);
      await holder.getByRole('link', { name: /Bilan final/ }).click();
      await holder.locator('[name^=actual_]').first().fill('131');
      await holder.locator('[name=spent_0]').fill('40 000');
      await holder.locator('[name=next]').selectOption({ index: 1 });
      for (const words of ['done', 'families', 'difficulties', 'permanence'])
        await holder.locator(`[name=${words}]`).fill('Ce qui était prévu.');
      await holder.getByRole('button', { name: 'Enregistrer', exact: true }).click();
      await sound(holder);
      await holder.getByRole('button', { name: 'Signer et envoyer le bilan' }).click();
      await expect(noted(holder)).toContainText('Votre bilan est envoyé.');
      await ars.goto(`${space}/suivi/${file}`);
      await ars.getByText('Lire ce bilan').click();
      await expect(ars.locator('main')).toContainText('131');
      await sound(ars);
    });
  });
});

const MOTIVE = 'Le projet ne dit pas ce qu’il change.';

/** Half of the laureates are paid by the ARS, half by the DREETS: the two lines of credit stay two. */
const lineOf = (number: number): string => (number < 5 ? 'FIR' : 'P304-17');

const openDecision = async (page: Page, space: string, number: number): Promise<void> => {
  await page.goto(`${space}/resultats`);
  await page.getByRole('link', { name: new RegExp(`projet ${number}(?!\\d)`) }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(`projet ${number}`);
};

const declareNothing = async (page: Page, space: string): Promise<void> => {
  await page.goto(`${space}/interets`);
  await page.locator('[name=answer][value=none]').check();
  await page.getByRole('button', { name: 'Déclarer' }).click();
  await expect(noted(page)).toContainText('Votre déclaration est gardée.');
};

const recuse = async (page: Page, space: string, holder: string): Promise<void> => {
  await page.goto(`${space}/interets`);
  await page.locator('[name=answer][value=recusal]').check();
  await page.locator('[name=file-0]').selectOption({ label: holder });
  await page.locator('[name=stand-0][value=recused]').check();
  await page.locator('[name=kind-0]').selectOption('association');
  await page.locator('[name=reason-0]').fill('Bénévole au bureau.');
  await page.getByRole('button', { name: 'Déclarer' }).click();
  await expect(noted(page)).toContainText('Votre déclaration est gardée');
};

/** Letters leave by a job: the page is read again until it has come. */
const openLetter = async (holder: Page, number: number): Promise<void> => {
  await holder.goto('/appels/espace/candidatures');
  await holder.getByRole('link', { name: new RegExp(`projet ${number} `) }).click();
  await expect(holder.getByRole('heading', { level: 1 })).toContainText(`projet ${number}`);
  const address = `${new URL(holder.url()).pathname}/decision`;
  await expect(async () => {
    await holder.goto(address);
    await expect(holder.locator('main')).toContainText('Envoyé le', { timeout: 1000 });
  }).toPass({ timeout: 60_000 });
};

const openFile = async (page: Page, space: string, number: number): Promise<void> => {
  await page.goto(`${space}/candidatures`);
  const title = new RegExp(`projet ${number}$`);
  await page.getByRole('link', { name: title }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(title);
};

const admit = async (page: Page, space: string, number: number): Promise<void> => {
  await openFile(page, space, number);
  await page.getByRole('button', { name: 'Recevable', exact: true }).click();
  await expect(noted(page)).toContainText('La candidature est recevable.');
};

const evaluateAll = async (juror: Page, space: string): Promise<void> => {
  await juror.goto(`${space}/evaluations`);
  const mine = juror.locator('li', { hasText: /· à faire/ }).getByRole('link', { name: /^N° / });
  const addresses = await mine.evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
  expect(addresses.length).toBeGreaterThan(4);
  for (const [at, address] of addresses.entries()) {
    await juror.goto(address);
    for (const criterion of [0, 1]) {
      await juror.locator(`[name=mark-${criterion}], [name=points-${criterion}]`).fill(String(9 - at));
      await juror.locator(`[name=words-${criterion}]`).fill('Bien décrit.');
    }
    await juror.getByRole('button', { name: 'Remettre', exact: true }).click();
    await expect(noted(juror)).toContainText('Votre évaluation est remise.');
  }
};
