import { expect, test } from '@playwright/test';
import { budgets } from './budgets.ts';
import { weighJavaScript } from './weight.ts';

for (const { address, kB } of budgets) {
  test(`${address} brings at most ${kB} kB of JavaScript`, async ({ page }) => {
    const bytes = await weighJavaScript(page, address);
    expect(bytes / 1000, `${address} brings ${Math.round(bytes / 100) / 10} kB`).toBeLessThanOrEqual(kB);
  });
}
