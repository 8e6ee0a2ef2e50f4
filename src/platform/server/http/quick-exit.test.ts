import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { crossSiteRefusal } from './cross-site.ts';
import { QUICK_EXIT_PATH, quickExitAnswer, quickExitLink } from './quick-exit.ts';

const oneSpace = (text: string): string => text.replace(/\s+/g, ' ');

test('the pages outside the application have the way out', () => {
  expect(oneSpace(readFileSync('src/error.html', 'utf8'))).toContain(oneSpace(quickExitLink));
  const own = { protocol: 'https', host: 'mille-jours.example' } as const;
  expect(crossSiteRefusal({ method: 'POST', path: '/contact', headers: {}, own })?.body).toContain(quickExitLink);
});

test('the script of every page would find the same address, and the same mark', () => {
  const page = readFileSync('src/app.html', 'utf8');
  const mark = /var key = '([^']+)'/.exec(page)?.[1];
  expect(quickExitLink).toContain(`sessionStorage.setItem('${mark}'`);
});

test('it leads to the setting, whose site is not told where the visit comes from', () => {
  expect(quickExitAnswer('https://meteo.example/')).toMatchObject({
    status: 302,
    headers: { location: 'https://meteo.example/', 'referrer-policy': 'no-referrer' },
  });
  expect(QUICK_EXIT_PATH).toMatch(/^\/[a-z]+$/);
});
