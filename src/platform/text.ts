import { stemmer } from '@orama/stemmers/french';

/**
 * Text as it is compared: lower case, no accent, ligatures opened, and one space for anything that is neither a letter
 * nor a digit. `L’Île-d’Yeu` → `l ile d yeu`. Folding twice changes nothing.
 */
export const fold = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/œ/g, 'oe')
    .replace(/æ/g, 'ae')
    .replace(/ß/g, 'ss')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/**
 * A text of several lines as somebody typed it: a line break of the browser counts for one, as for the person; other
 * control characters are nobody's words.
 */
export const typedText = (typed: string): string =>
  typed
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/[^\P{Cc}\n\t]/gu, '')
    .trim();

/**
 * What somebody typed, on one line: it can neither end the subject of a message nor begin a sentence of ours. Line breaks,
 * control characters and spaces in a row become one space.
 */
export const oneLine = (typed: string): string => typed.replaceAll(/[\p{Cc}\s]+/gu, ' ').trim();

/**
 * Whether a text holds an address of the web or of a mailbox, or what a reader of mail would make one of. Such a text has no
 * place where a name is asked: it would be read, and touched, in the message that we send to somebody else.
 */
export const holdsAddress = (text: string): boolean => /:\/\/|\bwww\.|\S@\S|[\p{L}\d-]{2,}\.\p{L}{2,}/iu.test(text);

/** The words worth searching: folded, without articles, elisions and other words that every text has. */
export const words = (text: string): string[] =>
  fold(text)
    .split(' ')
    .filter((word) => word !== '' && !emptyWords.has(word) && (word.length > 1 || /\d/.test(word)));

/**
 * The stem of a folded word, so that `creches` meets `creche`. Words are folded first and stemmed after, on both sides,
 * because people type without accents; the two endings that the stemmer knows by their accent get it back.
 */
export const stem = (foldedWord: string): string =>
  fold(stemmer(foldedWord.replace(/ite(s?)$/, 'ité$1').replace(/ee(s?)$/, 'ée$1')));

const emptyWords = new Set(
  `au aux avec ce ces cet cette chez dans de des du elle elles en est et eux il ils la le les leur leurs lui mais me
  mes mon ne nos notre nous on ou par pas pour qu que qui sa se ses son sont sous sur ta te tes ton toi tu un une vos
  votre vous`.split(/\s+/),
);
