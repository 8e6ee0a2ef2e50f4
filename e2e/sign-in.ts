import { randomBytes } from 'node:crypto';
import { expect, type Page } from '@playwright/test';

/** An address that no other journey uses: mailboxes receive a few messages only. */
export const newEmail = (who: string): string => `${who}.${randomBytes(4).toString('hex')}@exemple.example`;

/** The text of the newest message to somebody, read where the site keeps it when it has no mail server. */
export const messageTo = async (page: Page, email: string): Promise<string> => {
  const read = async (address: string) => (await page.request.get(address)).text();
  const row = (await read('/exploitation/courrier')).split('<tr').find((part) => part.includes(email));
  const address = /href="(\/exploitation\/courrier\/[^"]+)"/.exec(row ?? '')?.[1];
  if (!address) throw new Error(`no message to ${email}`);
  return (await read(address)).replaceAll(/<[^>]*>/g, ' ');
};

/** Signs in by the code of a message, and arrives at `next`. */
export const signIn = async (page: Page, email: string, next = '/mon-compte'): Promise<void> => {
  await page.goto(`/connexion?${new URLSearchParams({ suite: next })}`);
  await page.locator('[name=email]').fill(email);
  await page.getByRole('button', { name: 'Recevoir le message' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Regardez vos messages');
  const [code = ''] = /\d{3} \d{3}/.exec(await messageTo(page, email)) ?? [];
  await page.locator('[name=code]').fill(code);
  await page.getByRole('button', { name: 'Continuer' }).click();
  await expect(page).toHaveURL(new RegExp(`${next.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`));
};
