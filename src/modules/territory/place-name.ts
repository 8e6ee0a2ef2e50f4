import { fold } from '#platform/text.ts';

/**
 * A place name as search compares it: folded, with the abbreviations of addresses written in full: « St » is « Saint »,
 * « 18ème » is « 18e ». « L’Haÿ-les-Roses » → `l hay les roses`.
 */
export const foldPlaceName = (text: string): string =>
  fold(text)
    .replace(/\b(?:ste?s?)\b/g, (short) => fullWords[short] ?? short)
    .replace(/\b(\d+) ?eme\b/g, '$1e');

const fullWords: Readonly<Record<string, string>> = {
  st: 'saint',
  ste: 'sainte',
  sts: 'saints',
  stes: 'saintes',
};

/** The folded name without its first article, which people often leave out: `le havre` → `havre`. */
export const withoutArticle = (folded: string): string => folded.replace(/^(?:le|la|les|l) (?=.)/, '');
