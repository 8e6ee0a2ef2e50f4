import { type Browser, expect, type Page } from '@playwright/test';
import { newEmail, signIn } from './sign-in.ts';

/** « Enregistré à 14 h 02. » */
const SAVED = /^Enregistré à \d+\sh\s\d\d\.$/;

/**
 * Two people write one part of an application to an open call, at the same time: each sees what the other changes, and what
 * both changed waits for a choice. `sound`: what is asked of each page. Gives back who began it, and the address of the file.
 */
export const writeTogether = async (
  browser: Browser,
  address: string,
  sound: (page: Page) => Promise<void>,
): Promise<{ readonly holder: Page; readonly file: string }> => {
  const view = { viewport: { width: 360, height: 740 }, baseURL: new URL(address).origin };
  const somebody = async (who: string) => {
    const page = await (await browser.newContext(view)).newPage();
    return { page, email: newEmail(who) };
  };
  const [one, two] = [await somebody('porteuse'), await somebody('ecrit')];

  // Eligibility is answered before anything is written, without an account.
  await one.page.goto(`${address}/candidater`);
  await one.page.locator('[name=axe]').first().check();
  await one.page.locator('[name=lieu]').fill('Nantes');
  await one.page.locator('[name=structure][value=oui]').check();
  await one.page.getByRole('button', { name: 'Voir la réponse' }).click();
  await expect(one.page.getByRole('status')).toContainText('Ce lieu n’est pas dans le territoire de l’appel');
  await sound(one.page);
  await signIn(one.page, one.email, `${new URL(address).pathname}/candidater`);
  await one.page.getByRole('button', { name: 'Commencer' }).click();
  await expect(one.page.getByRole('status')).toContainText('Elle n’est pas déposée');
  const file = one.page.url().split('?')[0] ?? '';
  await one.page.getByText('Inviter une personne').click();
  await one.page.locator('[name=email]').fill(two.email);
  await one.page.getByRole('button', { name: 'Inviter', exact: true }).click();
  await expect(one.page.getByRole('status')).toHaveText('L’invitation est partie.');

  await signIn(two.page, two.email, '/appels/espace/candidatures');
  for (const { page } of [one, two]) {
    await page.goto(`${file}/project`);
    await expect(page.locator('html[data-hydrated]')).toBeAttached();
  }
  // The script waits for a pause before it sends, and asks every few seconds: a slow machine takes its time.
  const slow = { timeout: 30_000 };
  const saved = ({ page }: { page: Page }) => page.locator('[data-saved]');
  const field = ({ page }: { page: Page }, name: string) => page.locator(`[name=${name}]`);

  await field(one, 'title').fill('Un temps pour souffler');
  await expect(saved(one)).toHaveText(SAVED, slow);
  await field(two, 'summary').fill('Deux matins par semaine.');
  await expect(field(two, 'title')).toHaveValue('Un temps pour souffler', slow);
  await expect(saved(two)).toHaveText(SAVED, slow);
  // Both change the title, one of them without a network: both texts are shown, and nothing goes before the choice.
  await two.page.context().setOffline(true);
  await field(two, 'title').fill('Le temps de souffler');
  await expect(saved(two)).toContainText('Non enregistré : pas de réseau.', slow);
  await field(one, 'title').fill('Souffler ensemble');
  await expect(field(one, 'summary')).toHaveValue('Deux matins par semaine.', slow);
  await expect.poll(async () => (await one.page.request.get(file)).text(), slow).toContain('Souffler ensemble');
  await two.page.context().setOffline(false);
  await expect(two.page.locator('.theirs')).toContainText('Souffler ensemble', slow);
  await sound(two.page);
  await two.page.getByRole('button', { name: 'Garder le mien' }).click();
  await expect(saved(two)).toHaveText(SAVED, slow);
  await two.page.goto(file);
  await expect(two.page.getByRole('heading', { level: 1 })).toHaveText('Le temps de souffler');
  await two.page.context().close();
  return { holder: one.page, file };
};
