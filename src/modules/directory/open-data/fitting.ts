import { z } from 'zod';

/** Values as the published formats want them: what does not fit is left out, never repaired by guessing. */

/** A text of at most `most` characters, cut at a word with « … »; null when nothing is left. */
export const textOf = (text: string | null | undefined, most: number): string | null => {
  const plain = text?.trim();
  if (!plain) return null;
  if (plain.length <= most) return plain;
  const cut = plain.slice(0, most - 1);
  const end = cut.lastIndexOf(' ');
  // Never between the two halves of a character.
  return `${cut.slice(0, end > most / 2 ? end : most - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
};

/** An `http` or `https` address of at most 2083 characters, as browsers write it; null for anything else. */
export const urlOf = (text: string | null | undefined): string | null => {
  if (!text || !URL.canParse(text)) return null;
  const { protocol, href } = new URL(text);
  return /^https?:$/.test(protocol) && href.length <= 2_083 ? href : null;
};

const email = z.email().max(254);

/** An e-mail address in its plain form; null for anything else. */
export const emailOf = (text: string | null | undefined): string | null =>
  text && email.safeParse(text).success ? text : null;

/** The text when it has this shape; null otherwise. */
export const shapedOf = (text: string | null | undefined, shape: RegExp): string | null =>
  text && shape.test(text) ? text : null;
