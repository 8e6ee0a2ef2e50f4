import { type Browser, expect, type Page } from '@playwright/test';
import { fitsInWidth } from './pages.ts';
import { faultsOf } from './sound.ts';

/**
 * What pages must be, for who is signed in on `page`: without fault for axe, and no wider than a phone at 400 %. Read with
 * scripts, which axe needs.
 */
export const soundPages = async (browser: Browser, page: Page, addresses: readonly string[]): Promise<void> => {
  const context = await browser.newContext({
    javaScriptEnabled: true,
    storageState: await page.context().storageState(),
    baseURL: new URL(page.url()).origin,
    viewport: { width: 360, height: 740 },
  });
  const tab = await context.newPage();
  for (const address of new Set(addresses)) {
    await tab.goto(address);
    expect(await faultsOf(tab), address).toEqual([]);
    await tab.setViewportSize({ width: 320, height: 400 });
    expect(await fitsInWidth(tab), address).toBe(true);
    await tab.setViewportSize({ width: 360, height: 740 });
  }
  await context.close();
};
