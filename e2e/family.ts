import { expect, type Page } from '@playwright/test';
import { fillDay } from './days.ts';
import { documentOf } from './device.ts';
import { hydrated } from './pages.ts';

/** What a test tells of a family, in the three questions of the path. Days are counted from today, in Paris. */
export interface Told {
  readonly situation:
    | 'J’attends un enfant'
    | 'J’ai un enfant de moins de 3 ans'
    | 'Un enfant arrive'
    | 'J’ai un projet';
  /** Days from today to the date that the situation asks for. */
  readonly days?: number;
  /** Days from today to the arrival of an adopted child. */
  readonly arrival?: number;
  readonly weeksAtBirth?: number;
  readonly howMany?: number;
  readonly role?: 'La personne qui porte ou a porté l’enfant' | 'L’autre parent' | 'Parent par adoption';
}

/** Answers the three questions, and waits for today's view. */
export const tell = async (page: Page, told: Told): Promise<void> => {
  await page.goto('/mon-parcours');
  await hydrated(page);
  await page.getByRole('link', { name: 'Commencer mon parcours' }).click();
  await answer(page, told);
};

/** One child or pregnancy more, from « Ma situation ». */
export const tellMore = async (page: Page, told: Told): Promise<void> => {
  await page.goto('/mon-parcours#commencer');
  await answer(page, told);
};

const answer = async (page: Page, { situation, days, arrival, weeksAtBirth, howMany, role }: Told): Promise<void> => {
  await page.getByText(situation).click();
  const asked = [arrival, days].filter((known) => known !== undefined);
  for (const [nth, known] of asked.entries()) await fillDay(page, nth, known);
  if (weeksAtBirth !== undefined) await page.getByLabel(/Né avant 37 semaines/).fill(String(weeksAtBirth));
  if (howMany !== undefined) await page.getByLabel('Combien d’enfants').fill(String(howMany));
  if (role) await page.getByText(role, { exact: true }).click();
  await page.getByRole('button', { name: 'Voir mon parcours' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Aujourd’hui' })).toBeVisible();
  await expect.poll(() => documentOf(page)).not.toBe('');
};

/** Opens a view of the path and waits for its title. */
export const openView = async (page: Page, hash: string): Promise<void> => {
  await page.goto(`/mon-parcours#${hash}`);
  await expect(page.locator('h1')).toBeVisible();
};
