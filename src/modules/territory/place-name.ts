/**
 * A place name as search compares it: no accents, capitals, hyphens or apostrophes, one space between words, and the
 * abbreviations of addresses written in full (« St » is « Saint »). « L’Haÿ-les-Roses » → `l hay les roses`.
 */
export const foldPlaceName = (text: string): string =>
  text
    .normalize('NFD')
    .toLowerCase()
    .replaceAll('œ', 'oe')
    .replaceAll('æ', 'ae')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()
    .replace(/\b(?:ste?s?)\b/g, (short) => fullWords[short] ?? short);

const fullWords: Readonly<Record<string, string>> = {
  st: 'saint',
  ste: 'sainte',
  sts: 'saints',
  stes: 'saintes',
};

/** The folded name without its first article, which people often leave out: `le havre` → `havre`. */
export const withoutArticle = (folded: string): string => folded.replace(/^(?:le|la|les|l) (?=.)/, '');
