import { gzipSync } from 'node:zlib';
import { expect, test } from '@playwright/test';
import { budgets } from './budgets.ts';

/** Weight of the JavaScript that a page brings, gzip level 9, in kB of 1000 bytes, in a browser that has Temporal. */
for (const { address, kB } of budgets) {
  test(`${address} brings at most ${kB} kB of JavaScript`, async ({ page }) => {
    let bytes = 0;
    const weighing: Promise<void>[] = [];
    page.on('response', (response) => {
      if (!/javascript/.test(response.headers()['content-type'] ?? '')) return;
      // A service worker's own file is not the page's: it comes later, once, apart.
      if (response.request().serviceWorker() || /service-worker/.test(response.url())) return;
      weighing.push(
        response.body().then((body) => {
          bytes += gzipSync(body, { level: 9 }).length;
        }),
      );
    });
    await page.goto(address, { waitUntil: 'networkidle' });
    await Promise.all(weighing);
    expect(bytes / 1000, `${address} brings ${Math.round(bytes / 100) / 10} kB`).toBeLessThanOrEqual(kB);
  });
}
