import { gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';

/** Weight of the JavaScript that a page brings, gzip level 9, in bytes, in a browser that has Temporal. */
export const weighJavaScript = async (page: Page, address: string): Promise<number> => {
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
  return bytes;
};
