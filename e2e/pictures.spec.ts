import { expect, test } from '@playwright/test';

/** The pictures of the README, made from the real site. `UPDATE_PICTURES=1` writes them over the ones in docs/images. */
const pictures = [
  { name: 'accueil', address: '/' },
  { name: 'aide', address: '/aide' },
  { name: 'initiatives', address: '/initiatives?region=53' },
  { name: 'autour-de-moi', address: '/autour-de-moi?commune=Nice&code=06088' },
  { name: 'mon-parcours', address: '/mon-parcours' },
  { name: 'article', address: '/articles/dormir-sur-le-dos' },
];

for (const { name, address } of pictures) {
  test(`picture: ${name}`, async ({ page }, info) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(address);
    await expect(page.locator('h1')).toBeVisible();
    const path = process.env.UPDATE_PICTURES ? `docs/images/${name}.png` : info.outputPath(`${name}.png`);
    expect((await page.screenshot({ path, animations: 'disabled' })).length).toBeGreaterThan(10_000);
  });
}
