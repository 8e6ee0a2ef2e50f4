import { globSync } from 'node:fs';
import { type Browser, expect, test } from '@playwright/test';
import { applicationParts, callSections } from '#modules/calls/index.ts';
import { pastCall } from './in-past-call.ts';
import { sound } from './sound.ts';

/** Of one page, how many addresses somebody reads for the links that they hold. */
const MOST_READ = 3;

/** A page that is chosen by a word of its address is as many pages. */
const chosen: Readonly<Record<string, readonly string[]>> = {
  '/appels/espace/[id]/[section]': callSections,
  '/appels/espace/candidatures/[id]/[part]': applicationParts,
};

/** `/appels/espace/[id]/jury`: every page of calls for projects, as the files tell them; the most precise first. */
const routes = globSync('src/routes/appels/**/+page.svelte')
  .map((file) => file.replace(/^src\/routes|\/\+page\.svelte$/g, ''))
  .flatMap((route) => chosen[route]?.map((word) => route.replace(/\[\w+\]$/, word)) ?? [route])
  .sort((one, other) => one.split('[').length - other.split('[').length || other.length - one.length)
  .map((route) => ({
    route,
    shape: new RegExp(`^${route.replace('/[[edition]]', '(/[^/]+)?').replaceAll(/\[\w+\]/g, '[^/]+')}$`),
  }));

/** What agents and juries work with until the results. The rest is what follows, and what holders and everybody find. */
const ofSelection = (route: string): boolean =>
  route.startsWith('/appels/espace/[id]') && !/\/(resultats|suivi|proces-verbal|lettres)(\/|$)/.test(route);

/**
 * Each person goes from link to link, from the spaces of calls. A page that nobody saw before opens in the browser, where axe
 * finds nothing; another is only read for its links. Every page of `wanted` must have been reached by somebody.
 */
const walk = async (
  kind: 'selection' | 'followed',
  wanted: (route: string) => boolean,
  browser: Browser,
  url: string,
): Promise<void> => {
  const { people, enter } = pastCall(kind, browser, url);
  const seen = new Set<string>();
  for (const who of people) {
    const page = await enter(who);
    const read = new Map<string, number>();
    const addresses = new Set(['/appels/espace', '/appels/espace/candidatures', '/appels']);
    for (const address of addresses) {
      const { route } = routes.find(({ shape }) => shape.test(address)) ?? {};
      const times = read.get(route ?? '') ?? 0;
      if (!route || times >= MOST_READ) continue;
      read.set(route, times + 1);
      const looks = wanted(route) && !seen.has(route);
      const answer = looks ? await page.goto(address) : await page.request.get(address);
      // Not for them, or led elsewhere: it is not this page.
      if (answer?.status() !== 200 || new URL(answer.url()).pathname !== address) continue;
      if (looks) {
        seen.add(route);
        await sound(page);
      }
      for (const [, link = ''] of (await answer.text()).matchAll(/href="(\/appels[^"#?]*)/g)) addresses.add(link);
    }
    await page.context().close();
  }
  const missed = routes.map(({ route }) => route).filter((route) => wanted(route) && !seen.has(route));
  expect(missed, 'reached by nobody').toEqual([]);
};

test('each page of a call, until the results, is sound at 360 px', async ({ browser, baseURL }) => {
  await walk('selection', ofSelection, browser, baseURL ?? '');
});

test('each page of what follows a call, and of its holders, is sound at 360 px', async ({ browser, baseURL }) => {
  await walk('followed', (route) => !ofSelection(route), browser, baseURL ?? '');
});
