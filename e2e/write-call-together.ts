import { type Browser, expect, type Page } from '@playwright/test';
import { newEmail, signIn } from './sign-in.ts';
import { sound } from './sound.ts';

/** The parts of a call, by their addresses and their names. */
const parts = {
  ...{ title: 'Le titre', specification: 'Le cahier des charges', form: 'Le formulaire de candidature' },
  ...{ pieces: 'Les pièces demandées', choices: 'Ce que les textes laissent ouvert', axes: 'Les axes' },
  ...{ territories: 'Les territoires', calendar: 'Le calendrier', money: 'Les enveloppes' },
  grid: 'La grille de sélection',
};

/** Somebody else, on a phone of their own, signed in and arrived at `next`. */
export const somebodyElse = async (browser: Browser, address: string, who: string, next: string) => {
  const view = { viewport: { width: 360, height: 740 }, baseURL: new URL(address).origin };
  const page = await (await browser.newContext(view)).newPage();
  const email = newEmail(who);
  await signIn(page, email, next);
  return { page, email };
};

/**
 * A partner who is invited to a call reads each of its parts, comments and proposes a criterion; its writer takes it. `space`:
 * the address of the call for those who write it.
 */
export const proposeAsPartner = async (browser: Browser, writer: Page, space: string): Promise<void> => {
  const { page, email } = await somebodyElse(browser, space, 'caf', '/appels/espace');
  await writer.goto(space);
  await writer.getByText('Inviter un partenaire').click();
  await writer.locator('[name=organisation]').fill('Caf de la Martinique');
  await writer.locator('[name=email]').fill(email);
  await writer.getByRole('button', { name: 'Inviter', exact: true }).click();
  await expect(writer.getByRole('status')).toHaveText('Le partenaire reçoit un message.');

  await page.goto(space);
  await expect(page.locator('#lire')).toContainText('Des projets <b>nouveaux</b>.');
  await expect(page.locator('#lire')).toContainText('heure locale en Martinique');
  for (const line of ['ARS, FIR', 'DREETS, P304-17']) await expect(page.locator('#lire')).toContainText(line);
  await sound(page);
  for (const [section, name] of Object.entries(parts)) {
    await page.goto(`${space}/${section}`);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
    await expect(page.getByRole('heading', { level: 2, name: 'Proposer d’autres mots' })).toBeVisible();
  }
  await expect(page.locator('main')).toContainText('recommandé par le texte national');
  await page.getByText('Un critère de plus').click();
  await sound(page);
  await page.locator('#proposer-title-new').fill('La place donnée aux seconds parents');
  await page.getByRole('button', { name: 'Proposer : Un critère de plus' }).click();
  await expect(page.getByRole('status')).toHaveText('Votre proposition est gardée.');
  await page.locator('[name=section]').selectOption({ label: 'Le formulaire de candidature' });
  await page.locator('#remarques [name=text]').fill('Demander aussi les horaires ?');
  await page.getByRole('button', { name: 'Garder la remarque' }).click();
  await expect(page.getByRole('status')).toHaveText('Votre remarque est gardée.');
  await page.context().close();

  await writer.goto(space);
  await writer.getByRole('button', { name: 'Reprendre ces mots' }).click();
  await expect(writer.getByRole('status')).toContainText('ses mots sont dans l’appel');
  await writer.getByRole('button', { name: 'Pris en compte' }).click();
  await expect(writer.getByRole('status')).toHaveText('La réponse est gardée.');
};

/** Two organisers write one part at once: the second reads both texts, and chooses. */
export const overtake = async (first: Page, second: Page, space: string): Promise<void> => {
  for (const page of [first, second]) {
    await page.goto(`${space}/pieces`);
    await page.locator('[name=label-0]').fill(page === first ? 'Les statuts' : 'Un relevé bancaire');
  }
  await first.getByRole('button', { name: 'Enregistrer' }).click();
  await expect(first.getByRole('status')).toHaveText('C’est enregistré.');
  await second.getByRole('button', { name: 'Enregistrer' }).click();
  await expect(second.getByRole('alert')).toContainText('a changé cette partie');
  await expect(second.locator('main dl')).toContainText('Les statuts');
  await expect(second.locator('[name=label-0]')).toHaveValue('Un relevé bancaire');
  await sound(second);
  await second.getByRole('button', { name: 'Garder mon texte' }).click();
  await expect(second.getByRole('status')).toHaveText('C’est enregistré.');
};
