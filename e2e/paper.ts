import type { Page } from '@playwright/test';
import { getDocumentProxy } from 'unpdf';

/** What a page is on paper, as its browser prints it: how many sheets, and their sides in millimetres. */
export const paperOf = async (page: Page): Promise<{ readonly sheets: number; readonly sides: readonly number[] }> => {
  const printed = await getDocumentProxy(new Uint8Array(await page.pdf({ preferCSSPageSize: true })));
  const { view } = await printed.getPage(1);
  return { sheets: printed.numPages, sides: view.slice(2).map((points: number) => Math.round((points * 25.4) / 72)) };
};
