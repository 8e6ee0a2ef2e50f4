import type { Commune } from './commune.ts';
import { foldPlaceName, withoutArticle } from './place-name.ts';

/** A commune proposed for what was typed. */
export interface Completion {
  readonly commune: Commune;
  /** The name that matched, when it is no longer that of a commune: « Tourlaville ». */
  readonly formerName?: string;
}

/** A name or a code of the past, and the commune of today it leads to. */
export interface FormerCommune {
  readonly code: string;
  readonly name: string | null;
  readonly commune: string;
}

export type Complete = (text: string, limit?: number) => Completion[];

/** The most that `complete` gives. */
export const MOST_COMPLETIONS = 20;

/**
 * Prepares the completion of names (today's and former ones, from any of their words), postcodes and INSEE codes.
 *
 * `complete('st malo')`: whole names first, then names that begin so, then names with a word that does; a former name
 * comes after today's; inside each group, the most populated first. A number after or before the name narrows it:
 * `saint denis 974`. Never more than 20; nothing for an empty text.
 */
export const prepareCompletion = (communes: readonly Commune[], formers: readonly FormerCommune[]): Complete => {
  const byPopulation = communes.toSorted((a, b) => (b.population ?? 0) - (a.population ?? 0));
  const keys = sortedKeys(byPopulation, formers);

  /** The best `limit` communes whose keys begin with `prefix`, among those that `narrowed` accepts. */
  const search = (prefix: string, limit: number, narrowed?: (commune: Commune) => boolean): Completion[] => {
    const best: { score: number; row: number; formerName: string | undefined }[] = [];
    for (let at = lowerBound(keys.texts, prefix); keys.texts[at]?.startsWith(prefix); at += 1) {
      const row = keys.rows[at] ?? 0;
      const exact = keys.texts[at]?.length === prefix.length;
      const score = groupOf(keys.kinds[at] ?? 0, exact) * ROWS + row;
      if (best.length === limit && score >= (best.at(-1)?.score ?? 0)) continue;
      const commune = byPopulation[row];
      if (!commune || (narrowed && !narrowed(commune))) continue;
      const same = best.findIndex((other) => other.row === row);
      if (same >= 0 && score >= (best[same]?.score ?? 0)) continue;
      if (same >= 0) best.splice(same, 1);
      const place = best.findLastIndex((other) => other.score < score) + 1;
      best.splice(place, 0, { score, row, formerName: keys.formerNames.get(at) });
      if (best.length > limit) best.pop();
    }
    return best.flatMap(({ row, formerName }) => {
      const commune = byPopulation[row];
      return commune ? [{ commune, ...(formerName === undefined ? {} : { formerName }) }] : [];
    });
  };

  return (text, limit = 10) => {
    const typed = foldPlaceName(text.slice(0, 100));
    const most = Math.max(1, Math.min(MOST_COMPLETIONS, limit));
    if (typed === '') return [];
    const found = search(typed, most);
    const [name, number] = nameAndNumber(typed);
    if (found.length === most || name === undefined || number === undefined) return found;
    const codes = (commune: Commune): boolean =>
      commune.code.toLowerCase().startsWith(number) ||
      commune.postcodes.some((postcode) => postcode.startsWith(number));
    const known = new Set(found.map(({ commune }) => commune));
    return [...found, ...search(name, most, codes).filter(({ commune }) => !known.has(commune))].slice(0, most);
  };
};

/** `saint denis 974` and `97400 saint denis` → the name and the beginning of a code. */
const nameAndNumber = (typed: string): readonly [name: string | undefined, number: string | undefined] => {
  const after = /^(.*[a-z].*) (\d{2,5}|2[ab]\d{0,3})$/.exec(typed);
  if (after) return [after[1], after[2]];
  const before = /^(\d{2,5}|2[ab]\d{0,3}) (.*[a-z].*)$/.exec(typed);
  return [before?.[2], before?.[1]];
};

/** What a key is. A whole name, or the name from one of its words, of today or of the past; or a code. */
const kinds = { name: 0, formerName: 1, word: 2, formerWord: 3, code: 4, ownCode: 5 } as const;
type Kind = (typeof kinds)[keyof typeof kinds];

/** More than there will ever be communes: a group of results weighs more than any difference of population. */
const ROWS = 100_000;

/**
 * Results are shown group by group. A former name comes after today's, since the population of the whole city says
 * nothing of its old village: « Pringy » is the town of Seine-et-Marne before the one that joined Annecy. An exact
 * postcode gives the arrondissement before its city.
 */
const groupOf = (kind: number, exact: boolean): number => {
  if (exact && (kind === kinds.name || kind === kinds.ownCode)) return 0;
  if (exact && (kind === kinds.formerName || kind === kinds.code)) return 1;
  if (kind === kinds.formerName) return 3;
  if (kind === kinds.word) return 4;
  return kind === kinds.formerWord ? 5 : 2;
};

interface Keys {
  readonly texts: readonly string[];
  readonly rows: Uint32Array;
  readonly kinds: Uint8Array;
  /** Index of the key → the former name it comes from. */
  readonly formerNames: ReadonlyMap<number, string>;
}

const sortedKeys = (communes: readonly Commune[], formers: readonly FormerCommune[]): Keys => {
  const keys: { text: string; row: number; kind: Kind; formerName: string | undefined }[] = [];
  const add = (text: string, row: number, kind: Kind, formerName?: string): void => {
    keys.push({ text, row, kind, formerName });
  };
  const addName = (name: string, row: number, formerName?: string): void => {
    const folded = foldPlaceName(name);
    const bare = withoutArticle(folded);
    const [whole, word] = formerName === undefined ? [kinds.name, kinds.word] : [kinds.formerName, kinds.formerWord];
    add(folded, row, whole, formerName);
    if (bare !== folded) add(bare, row, whole, formerName);
    for (const start of innerWords(bare)) add(bare.slice(start), row, word, formerName);
  };

  const rowOf = new Map(communes.map((commune, row) => [commune.code as string, row]));
  for (const [row, commune] of communes.entries()) {
    addName(commune.name, row);
    add(commune.code.toLowerCase(), row, kinds.ownCode);
    for (const postcode of commune.postcodes) add(postcode, row, commune.partOf ? kinds.ownCode : kinds.code);
  }
  for (const { code, name, commune } of formers) {
    const row = rowOf.get(commune);
    if (row === undefined) continue;
    const today = foldPlaceName(communes[row]?.name ?? '');
    if (name !== null && foldPlaceName(name) !== today) addName(name, row, name);
    if (code !== commune) add(code.toLowerCase(), row, kinds.code, name ?? undefined);
  }

  keys.sort((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0));
  return {
    texts: keys.map((key) => key.text),
    rows: Uint32Array.from(keys, (key) => key.row),
    kinds: Uint8Array.from(keys, (key) => key.kind),
    formerNames: new Map(keys.flatMap((key, at) => (key.formerName === undefined ? [] : [[at, key.formerName]]))),
  };
};

/** Where each word after the first begins, except those that no one starts with. */
const innerWords = (folded: string): number[] =>
  [...folded.matchAll(/ (?=(\S+))/g)]
    .filter(([, word = '']) => word.length > 1 && !linkWords.has(word))
    .map((match) => match.index + 1);

const linkWords = new Set('au aux de des du en et la le les lez pres sous sur'.split(' '));

/** The first place where `text` could stand in the sorted list. */
const lowerBound = (sorted: readonly string[], text: string): number => {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? '') < text) low = middle + 1;
    else high = middle;
  }
  return low;
};
