import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import type { Browser, Page } from '@playwright/test';

/** A call of the past, see `past-call.ts`: its id, and a page on a phone for each person who has a part in it. */
export const pastCall = (kind: PastKind, browser: Browser, url: string) => {
  const run = randomBytes(4).toString('hex');
  const order = ['e2e/past-call.ts', kind, run];
  const { status, stdout, stderr } = spawnSync(path.resolve('node_modules/.bin/node'), order, {
    encoding: 'utf8',
    env: { ...process.env, DATA_DIR: process.env.E2E_DATA_DIR ?? './data', DATABASE_URL: '', LOG_LEVEL: 'error' },
  });
  if (status !== 0) throw new Error(stderr);
  const { call, slug, tokens }: { call: string; slug: string; tokens: Readonly<Record<string, string>> } =
    JSON.parse(stdout);
  const enter = async (who: string, options: { javaScriptEnabled?: boolean } = {}): Promise<Page> => {
    const context = await browser.newContext({ viewport: { width: 360, height: 740 }, baseURL: url, ...options });
    await context.addCookies([{ name: 'mille-jours', value: tokens[who] ?? '', url }]);
    return context.newPage();
  };
  return { run, call, shown: `/appels/${slug}`, space: `/appels/espace/${call}`, people: Object.keys(tokens), enter };
};

type PastKind = 'joint' | 'landes' | 'open' | 'selection' | 'followed';

/** What the page says was done. */
export const noted = (page: Page) => page.getByRole('status').first();
