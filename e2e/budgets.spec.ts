import { expect, test } from '@playwright/test';
import { budgets, firstPathOnTheWire, pathBudgets } from './budgets.ts';
import { fillDay } from './days.ts';
import { keepFamily, openStart } from './device.ts';
import { weighJavaScript } from './weight.ts';

for (const { address, kB } of budgets) {
  test(`${address} brings at most ${kB} kB of JavaScript`, async ({ page }) => {
    const bytes = await weighJavaScript(page, address);
    expect(bytes / 1000, `${address} brings ${Math.round(bytes / 100) / 10} kB`).toBeLessThanOrEqual(kB);
  });
}

test('each view of the path keeps its budget of JavaScript', async ({ page }) => {
  await keepFamily(page);
  const over: string[] = [];
  for (const { view, kB } of pathBudgets) {
    await page.goto('about:blank');
    const bytes = await weighJavaScript(page, `/mon-parcours#${view}`);
    await expect(page.locator('h1')).toBeVisible();
    expect(bytes).toBeGreaterThan(20_000);
    if (bytes > kB * 1000) over.push(`${view}: ${Math.round(bytes / 100) / 10} kB`);
  }
  expect(over).toEqual([]);
});

test.describe('on the wire', () => {
  test.use({ serviceWorkers: 'block' });

  test(`from the first page of the path to its first steps, at most ${firstPathOnTheWire.kB} kB come, the font apart`, async ({
    page,
  }) => {
    const wire = await page.context().newCDPSession(page);
    await wire.send('Network.enable');
    await wire.send('Network.setCacheDisabled', { cacheDisabled: true });
    const kinds = new Map<string, string>();
    let bytes = 0;
    wire.on('Network.responseReceived', ({ requestId, type }) => kinds.set(requestId, type));
    wire.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      if (kinds.get(requestId) !== 'Font') bytes += encodedDataLength;
    });
    await openStart(page);
    await page.getByText('J’attends un enfant').click();
    await fillDay(page, 0, 91);
    await page.getByRole('button', { name: 'Voir mon parcours' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Aujourd’hui' })).toBeVisible();
    await page.waitForLoadState('networkidle');
    expect(bytes).toBeGreaterThan(40_000);
    expect(bytes / 1000, `${Math.round(bytes / 100) / 10} kB`).toBeLessThanOrEqual(firstPathOnTheWire.kB);
  });
});
