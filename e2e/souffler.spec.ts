import { expect, test } from '@playwright/test';
import { midwife, register } from './register.ts';
import { newEmail, signIn } from './sign-in.ts';

test('a structure announces a free place, a parent sees it in one list, and it closes in one tap', async ({
  browser,
  baseURL,
}) => {
  test.setTimeout(120_000);
  const context = await browser.newContext({ javaScriptEnabled: false, ...(baseURL ? { baseURL } : {}) });
  const page = await context.newPage();
  const code = newEmail('x').slice(2, 10);
  await signIn(page, newEmail('halte'), '/professionnels/inscription');
  await register(page, midwife(`Halte ${code}`));
  await page.goto('/professionnels/espace');
  const [, id = ''] = /\/professionnels\/espace\/([0-9a-f-]{36})/.exec(await page.content()) ?? [];
  await page.goto(`/professionnels/espace/${id}/places-libres`);
  // Tomorrow: a part of today may be over.
  const tomorrow = Temporal.Now.plainDateISO('Europe/Paris').add({ days: 1 }).toString();
  await page.locator('[name=day]').fill(tomorrow);
  await page.locator('[name=count]').fill('2');
  await page.getByRole('button', { name: 'Annoncer' }).click();
  await expect(page.getByRole('status')).toBeVisible();
  const close = page.getByRole('button', { name: /^Fermer/ });
  await expect(close).toHaveCount(1);

  const parent = await context.newPage();
  const mine = parent.locator('li', { hasText: code });
  await parent.goto('/souffler?besoin=garde&quand=bientot&commune=Quimper&code=29232');
  await expect(mine).toHaveCount(1);
  await expect(mine).toContainText('2 places');

  await close.click();
  await expect(page.getByRole('heading', { name: 'Rien d’annoncé pour le moment' })).toBeVisible();
  await parent.goto('/souffler?besoin=garde&quand=bientot&commune=Quimper&code=29232');
  await expect(parent.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(mine.filter({ hasText: '2 places' })).toHaveCount(0);
  await context.close();
});
