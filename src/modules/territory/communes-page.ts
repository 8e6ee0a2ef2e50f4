import type { Commune } from './commune.ts';
import { foldPlaceName } from './place-name.ts';
import { communeRow, type Row } from './sheet-facts.ts';

/** The communes of a territory, fifty at a time. */
export interface CommunesPage {
  readonly rows: readonly Row[];
  /** How many the territory has, and how many the words let through. */
  readonly all: number;
  readonly found: number;
  readonly page: number;
  readonly pages: number;
  readonly words: string;
}

const PAGE_SIZE = 50;

/** The page of those whose name holds the words, or whose code or postcode they are. Beyond the last page, the last. */
export const communesPage = (
  communes: readonly Commune[],
  { words, page }: { readonly words: string; readonly page: number },
): CommunesPage => {
  const wanted = foldPlaceName(words);
  const holds = ({ name, code, postcodes }: Commune): boolean =>
    foldPlaceName(name).includes(wanted) || code.toLowerCase() === wanted || postcodes.includes(wanted);
  const found = wanted === '' ? communes : communes.filter(holds);
  const pages = Math.max(1, Math.ceil(found.length / PAGE_SIZE));
  const shown = Math.min(pages, Math.max(1, page));
  return {
    rows: found.slice((shown - 1) * PAGE_SIZE, shown * PAGE_SIZE).map((commune) => communeRow(commune)),
    ...{ all: communes.length, found: found.length, page: shown, pages, words },
  };
};
