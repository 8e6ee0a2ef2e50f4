import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { fitsInWidth } from './pages.ts';

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/**
 * What axe finds on a page, a line for each rule that is broken. It runs inside the page (no page of ours holds the
 * frame of another site) and details what is wrong only: three times faster than apart and whole.
 */
export const faultsOf = async (page: Page): Promise<string[]> => {
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode(true)
    .options({ resultTypes: ['violations'], preload: false })
    .withTags(rules)
    .analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
};

/** Nothing that axe finds, nothing wider than the screen. */
export const sound = async (page: Page): Promise<void> => {
  expect(await faultsOf(page), page.url()).toEqual([]);
  expect(await fitsInWidth(page), page.url()).toBe(true);
};
