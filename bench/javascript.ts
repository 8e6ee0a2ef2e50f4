import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium } from '@playwright/test';
import { budgets } from '../e2e/budgets.ts';
import { weighJavaScript } from '../e2e/weight.ts';
import { buildIfNeeded } from '../scripts/build.ts';
import { findChromium } from '../scripts/chromium.ts';
import { startSite } from '../scripts/start-site.ts';
import { type Measure, shown } from './bench.ts';

/** What each kind of page weighs in JavaScript, beside the budget that the journeys enforce. */
export default async (): Promise<Measure> => {
  await buildIfNeeded();
  const dataDir = mkdtempSync(path.join(tmpdir(), 'mille-jours-bench-'));
  const site = await startSite({ dataDir, settings: { CONTACT_EMAIL: 'equipe@mille-jours.example' } });
  const browser = await chromium.launch({ executablePath: findChromium() });
  try {
    const rows: Measure['rows'][number][] = [];
    for (const { address, kB } of budgets) {
      const context = await browser.newContext();
      const bytes = await weighJavaScript(await context.newPage(), site.url + address);
      await context.close();
      rows.push({ label: address, value: shown(bytes / 1000, 'ko'), aim: `≤ ${kB} ko` });
    }
    return {
      name: 'JavaScript de chaque page',
      method:
        'Première visite dans un Chromium sans rien en mémoire : la somme des fichiers JavaScript que la page fait venir, chacun compressé (gzip, niveau 9). 1 ko : 1 000 octets. Le service worker, qui vient après, n’est pas compté. `e2e/budgets.ts` tient les budgets ; un dépassement fait échouer les tests.',
      rows,
    };
  } finally {
    await browser.close();
    await site.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
};
