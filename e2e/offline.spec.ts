import { expect, test } from '@playwright/test';

test('after one visit to the home page, without network, the help, the path and the articles still open', async ({
  page,
  context,
}) => {
  await page.goto('/');
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await context.setOffline(true);
  for (const [address, title] of [
    ['/', 'Mille jours, de la grossesse aux 3 ans'],
    ['/aide', 'De l’aide, maintenant'],
    ['/mon-parcours', 'Mon parcours'],
    ['/articles/dormir-sur-le-dos', 'Bébé dort sur le dos'],
  ] as const) {
    await page.goto(address);
    await expect(page.locator('h1')).toHaveText(title);
  }
  await page.reload();
  await expect(page.locator('h1')).toHaveText('Bébé dort sur le dos');
});
