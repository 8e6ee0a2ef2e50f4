import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium, type Locator, type Page } from '@playwright/test';
import { hydrated } from '../e2e/pages.ts';
import { buildIfNeeded } from '../scripts/build.ts';
import { findChromium } from '../scripts/chromium.ts';
import { startSite } from '../scripts/start-site.ts';
import { type Measure, percentile, shown } from './bench.ts';

const ROUNDS = 4;
/** How much slower than this machine's the processor of a modest telephone is taken to be. */
const SLOWER = 4;
/** Browsers tell of no event shorter than this, in milliseconds: those count for as much. */
const SHORTEST = 16;

/** Keeps, in the page, the longest event of each interaction: from the gesture to the picture that answers it. */
const watchInteractions = (shortest: number): void => {
  const lengths = new Map<number, number>();
  Reflect.set(globalThis, 'interactions', lengths);
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as PerformanceEventTiming[]) {
      const { interactionId, duration } = entry;
      if (interactionId) lengths.set(interactionId, Math.max(lengths.get(interactionId) ?? 0, duration));
    }
  }).observe({ type: 'event', durationThreshold: shortest, buffered: true } as PerformanceObserverInit);
};

/** Days from today, as the three fields want them. */
const parts = (days: number): readonly (readonly [string, string])[] => {
  const { day, month, year } = Temporal.Now.plainDateISO('Europe/Paris').add({ days });
  return [
    ['Jour', String(day)],
    ['Mois', String(month)],
    ['Année', String(year)],
  ];
};

/** A family of three walks its path: tells it, reads it, filters it, marks, notes, changes. Answers how many gestures. */
const walk = async (page: Page): Promise<number> => {
  let gestures = 0;
  const click = async (target: Locator) => {
    await target.click();
    gestures += 1;
  };
  const type = async (target: Locator, text: string) => {
    await click(target);
    await target.pressSequentially(text);
    gestures += text.length;
  };
  const date = async (days: number) => {
    for (const [name, text] of parts(days)) await type(page.getByRole('textbox', { name }).first(), text);
  };
  const button = (name: string) => page.getByRole('button', { name }).first();
  const link = (name: string | RegExp) => page.getByRole('link', { name }).first();

  await click(link('Commencer mon parcours'));
  await click(page.getByText('J’ai un enfant de moins de 3 ans'));
  await date(-500);
  await click(button('Voir mon parcours'));
  await click(link('Modifier ma situation'));
  await click(link('Ajouter un enfant'));
  await click(page.getByText('J’attends un enfant'));
  await date(91);
  const many = page.getByLabel('Combien d’enfants');
  await many.fill('');
  await type(many, '2');
  await click(button('Voir mon parcours'));
  await click(link('À venir'));
  await page.getByLabel('Sujet').selectOption({ index: 1 });
  await click(link('Passé'));
  await click(link('Outils'));
  await click(page.getByRole('link', { name: 'Aujourd’hui' }).first());
  await click(page.locator('article a').first());
  await click(button('C’est fait'));
  await type(page.getByLabel('Ma note'), 'Parler de la nuit');
  await click(link('Aujourd’hui'));
  await click(link('Réglages, copie'));
  return gestures;
};

/** How long the path takes to answer a gesture, on a processor four times slower. */
export default async (): Promise<Measure> => {
  await buildIfNeeded();
  const dataDir = mkdtempSync(path.join(tmpdir(), 'mille-jours-bench-'));
  const site = await startSite({ dataDir, settings: {} });
  const browser = await chromium.launch({ executablePath: findChromium() });
  const lengths: number[] = [];
  try {
    for (let round = 0; round < ROUNDS; round += 1) {
      const context = await browser.newContext({ viewport: { width: 360, height: 740 }, locale: 'fr-FR' });
      const page = await context.newPage();
      await page.addInitScript(watchInteractions, SHORTEST);
      await page.goto(`${site.url}/mon-parcours`);
      await hydrated(page);
      // What is kept for when there is no network comes once, apart.
      await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
      const tools = await context.newCDPSession(page);
      await tools.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
      const gestures = await walk(page);
      await page.waitForTimeout(500);
      const told = await page.evaluate(() => [
        ...(Reflect.get(globalThis, 'interactions') as Map<number, number>).values(),
      ]);
      lengths.push(...told, ...Array.from({ length: Math.max(0, gestures - told.length) }, () => SHORTEST));
      await context.close();
    }
  } finally {
    await browser.close();
    await site.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
  return {
    name: 'Réponse à un geste, processeur quatre fois plus lent',
    method: `Chromium, écran de 360 px, processeur ralenti ${SLOWER} fois par le navigateur. Une famille de trois enfants dit sa situation, lit, trie, coche, écrit une note : ${lengths.length} gestes (${ROUNDS} fois le même chemin). Durée de chaque geste jusqu’à l’image qui lui répond, donnée par le navigateur (Event Timing, au plus long de ses événements) ; celles de moins de ${SHORTEST} ms ne sont pas dites et comptent pour ${SHORTEST} ms.`,
    rows: [
      { label: 'médiane', value: shown(percentile(lengths, 0.5), 'ms') },
      { label: 'p75', value: shown(percentile(lengths, 0.75), 'ms'), aim: '< 100 ms' },
      { label: 'p95', value: shown(percentile(lengths, 0.95), 'ms') },
      { label: 'la plus longue', value: shown(Math.max(...lengths), 'ms') },
    ],
  };
};
