import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { type Browser, chromium } from '@playwright/test';
import { buildIfNeeded } from '../scripts/build.ts';
import { findChromium } from '../scripts/chromium.ts';
import { startSite } from '../scripts/start-site.ts';
import { type Measure, percentile, shown } from './bench.ts';

const rounds = 7;

/** « Slow 4G » of Chromium's own tools: 1.6 Mbit/s down, 0.75 up, 150 ms there and back. */
const slow4g = {
  offline: false,
  latency: 150,
  downloadThroughput: (1.6e6 / 8) | 0,
  uploadThroughput: (0.75e6 / 8) | 0,
};

/** One first visit, with nothing in the cache, on a slow telephone: when words are seen, and when the button works. */
const visit = async (browser: Browser, address: string) => {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 } });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', slow4g);
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  let bytes = 0;
  const weighing: Promise<void>[] = [];
  page.on('response', (response) => {
    if (!/javascript/.test(response.headers()['content-type'] ?? '')) return;
    weighing.push(
      response.body().then((body) => {
        bytes += gzipSync(body, { level: 9 }).length;
      }),
    );
  });
  await page.goto(address, { waitUntil: 'commit' });
  const usable = await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const look = (): void => {
          if ('hydrated' in document.documentElement.dataset) resolve(performance.now());
          else setTimeout(look, 5);
        };
        look();
      }),
  );
  const seen = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0);
  // Usable means that the first question answers to a tap.
  await page.locator('form.needs-script button[type=submit]').click();
  await page.locator('input[name="item-1"]').first().waitFor();
  await Promise.all(weighing);
  await context.close();
  return { seen, usable, bytes };
};

export default async (): Promise<Measure> => {
  await buildIfNeeded();
  const dataDir = mkdtempSync(path.join(tmpdir(), 'mille-jours-bench-'));
  const site = await startSite({ dataDir });
  const browser = await chromium.launch({ executablePath: findChromium() });
  try {
    const rows: Measure['rows'][number][] = [];
    for (const address of ['/depistage', '/ar/depistage']) {
      const visits: Awaited<ReturnType<typeof visit>>[] = [];
      for (let round = 0; round < rounds; round += 1) visits.push(await visit(browser, `${site.url}${address}`));
      const of = (key: 'seen' | 'usable', share: number) =>
        percentile(
          visits.map((one) => one[key]),
          share,
        );
      rows.push(
        { label: `${address}, premiers mots`, value: shown(of('seen', 0.5), 'ms') },
        { label: `${address}, utilisable (médiane)`, value: shown(of('usable', 0.5), 'ms'), aim: '< 2 000 ms' },
        { label: `${address}, utilisable (pire)`, value: shown(of('usable', 1), 'ms') },
        { label: `${address}, JavaScript`, value: shown((visits[0]?.bytes ?? 0) / 1000, 'ko'), aim: '≤ 60 ko' },
      );
    }
    return {
      name: 'Le questionnaire sur un téléphone lent',
      method: `Chromium, première visite sans cache, « slow 4G » (1,6 Mbit/s, 150 ms), processeur ralenti 4 fois, ${rounds} visites. Utilisable : la page répond au premier geste. JavaScript : gzip 9.`,
      rows,
    };
  } finally {
    await browser.close();
    await site.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
};
